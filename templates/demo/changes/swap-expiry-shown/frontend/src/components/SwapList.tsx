import type { Swap } from '../api/client';

export function SwapList({ swaps }: { swaps: Swap[] }) {
  return (
    <ul>
      {swaps.map((swap) => (
        <li key={swap.shift}>
          {swap.giver} asks {swap.taker}, until {swap.expires}
        </li>
      ))}
    </ul>
  );
}
