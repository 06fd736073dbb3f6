export const identifiers = {
  title: 'Identifiers',
  lead: 'What Pillbox looks for in a text: numbers, names, keys and passwords.',
};
