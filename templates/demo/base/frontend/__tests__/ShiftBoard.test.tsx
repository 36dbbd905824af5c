import { render, screen } from '@testing-library/react';
import { ShiftBoard } from '../src/components/ShiftBoard';

test('the board has a name', () => {
  render(<ShiftBoard />);
  expect(screen.getByLabelText('Shifts')).toBeInTheDocument();
});
