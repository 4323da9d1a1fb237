/**
 * Where an item belongs in a list that is in the order of its times, oldest first; equal times keep the order of
 * arrival. -1 when the same item is there already: two may fall into one moment, so a copy need not be the neighbour.
 */
export function placeOf<Item extends { readonly at: number }>(
  items: readonly Item[],
  item: Item,
  isSame: (a: Item, b: Item) => boolean,
): number {
  let index = items.length;
  while (index > 0 && (items[index - 1] as Item).at > item.at) index -= 1;
  for (let earlier = index - 1; earlier >= 0; earlier -= 1) {
    const other = items[earlier] as Item;
    if (other.at !== item.at) break;
    if (isSame(other, item)) return -1;
  }
  return index;
}
