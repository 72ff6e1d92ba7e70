/** Whether the week is shown as a calendar or as a list. Kept on this machine only. */

const KEY = 'cairn.plan.list';

class WeekView {
  asList = $state(localStorage.getItem(KEY) === 'yes');

  choose(asList: boolean): void {
    this.asList = asList;
    localStorage.setItem(KEY, asList ? 'yes' : 'no');
  }
}

export const view = new WeekView();
