export type Shift = { id: string; unit: string; start: string };
export type Swap = { giver: string; taker: string; shift: string; expires?: string };

export async function getShifts(): Promise<Shift[]> {
  const response = await fetch('/shifts');
  return response.json();
}
