/**
 * Where an item belongs in a list that is in the order of its times, oldest first; equal times keep the order of
 * arrival. -1 when the same item is there already: two may fall into one moment, so a copy need not be the neighbour.
 */
export function placeOf<Item>(
  items: readonly Item[],
  item: Item,
  timeOf: (item: Item) => number,
  isSame: (a: Item, b: Item) => boolean,
): number {
  const time = timeOf(item);
  let index = items.length;
  while (index > 0 && timeOf(items[index - 1] as Item) > time) index -= 1;
  for (let same = index - 1; same >= 0; same -= 1) {
    const other = items[same] as Item;
    if (timeOf(other) !== time) break;
    if (isSame(other, item)) return -1;
  }
  return index;
}
