/** Members that are put together two by two: what hangs together by any chain of them is a group. */
export function groups<Member>(members: readonly Member[]): {
  join(a: Member, b: Member): void;
  /** Each with its members in their order; in the order of their first ones. */
  all(): Member[][];
} {
  const places = new Map(members.map((member, place) => [member, place]));
  const parents = members.map((_, place) => place);

  function rootOf(member: Member): number {
    let place = places.get(member) ?? 0;
    while (parents[place] !== place) {
      parents[place] = parents[parents[place] as number] as number;
      place = parents[place] as number;
    }
    return place;
  }

  return {
    join(a, b) {
      const [first, second] = [rootOf(a), rootOf(b)].sort((one, other) => one - other) as [number, number];
      parents[second] = first;
    },
    all() {
      return [...Map.groupBy(members, rootOf).values()];
    },
  };
}
