import type { Shift } from '../api/client';

export function byWeek(shifts: Shift[]): { monday: string; shifts: Shift[] }[] {
  const weeks = new Map<string, Shift[]>();
  for (const shift of shifts) {
    const monday = mondayOf(new Date(shift.start));
    weeks.set(monday, [...(weeks.get(monday) ?? []), shift]);
  }
  return [...weeks].map(([monday, shifts]) => ({ monday, shifts }));
}

function mondayOf(day: Date): string {
  const monday = new Date(day);
  monday.setDate(day.getDate() - ((day.getDay() + 6) % 7));
  return monday.toISOString().slice(0, 10);
}
