export const rules = {
  title: 'Rules',
  lead: 'What happens when something is found in a file that is about to be sent.',
};
