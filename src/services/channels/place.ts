/** Tells a place in one line, with a link to a map. */
export function placeWords(place: {
  latitude: number;
  longitude: number;
  name?: string | undefined;
  address?: string | undefined;
}): string {
  const named = [place.name, place.address].filter(Boolean).join(", ");
  return `📍 ${named || "Location"} (https://maps.google.com/?q=${place.latitude},${place.longitude})`;
}
