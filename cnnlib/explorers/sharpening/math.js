// What a mean takes from a picture.

import { blurred } from "../dark_frame/math.js";

/** A picture less its 5x5 mean, mirrored at the borders. */
export function detailOf(picture) {
  const { data } = blurred(picture, 5, "mirror");
  return { data: picture.data.map((value, i) => value - data[i]), shape: picture.shape };
}
