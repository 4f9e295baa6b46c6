/** The most that dice such as 2d6 can show. */
export function total(dice: string): number {
  const [count, sides] = dice.split("d").map(Number);
  return count * sides;
}
