// The loop in which a network spends its time. A value's place in the left matrix is the sum of an
// entry of `rows` and one of `taps`, so that one product serves dense layers and, without copying
// windows out of the pictures, convolutions with their strides, padding and dilation.

/** c[i, j] = sum over k of a[rows[i] + taps[k]] * b[k, j], for `count` columns from `first` on of
    b and c, whose rows are `width` long. Sixteen sums at a time stay in registers; at the edges
    the last row and column are computed again in place of those beyond. */
export function product(a, rows, taps, b, width, c, first = 0, count = width) {
  const bottom = rows.length - 1;
  const right = first + count - 1;
  for (let i = 0; i <= bottom; i += 4) {
    const i1 = Math.min(i + 1, bottom);
    const i2 = Math.min(i + 2, bottom);
    const i3 = Math.min(i + 3, bottom);
    const r0 = rows[i];
    const r1 = rows[i1];
    const r2 = rows[i2];
    const r3 = rows[i3];
    for (let j = first; j <= right; j += 4) {
      const j1 = Math.min(1, right - j);
      const j2 = Math.min(2, right - j);
      const j3 = Math.min(3, right - j);
      let s00 = 0, s01 = 0, s02 = 0, s03 = 0;
      let s10 = 0, s11 = 0, s12 = 0, s13 = 0;
      let s20 = 0, s21 = 0, s22 = 0, s23 = 0;
      let s30 = 0, s31 = 0, s32 = 0, s33 = 0;
      for (let k = 0, at = j; k < taps.length; k++, at += width) {
        const tap = taps[k];
        const b0 = b[at], b1 = b[at + j1], b2 = b[at + j2], b3 = b[at + j3];
        const a0 = a[r0 + tap], a1 = a[r1 + tap], a2 = a[r2 + tap], a3 = a[r3 + tap];
        s00 += a0 * b0; s01 += a0 * b1; s02 += a0 * b2; s03 += a0 * b3;
        s10 += a1 * b0; s11 += a1 * b1; s12 += a1 * b2; s13 += a1 * b3;
        s20 += a2 * b0; s21 += a2 * b1; s22 += a2 * b2; s23 += a2 * b3;
        s30 += a3 * b0; s31 += a3 * b1; s32 += a3 * b2; s33 += a3 * b3;
      }
      const c0 = i * width + j, c1 = i1 * width + j, c2 = i2 * width + j, c3 = i3 * width + j;
      c[c0] = s00; c[c0 + j1] = s01; c[c0 + j2] = s02; c[c0 + j3] = s03;
      c[c1] = s10; c[c1 + j1] = s11; c[c1 + j2] = s12; c[c1 + j3] = s13;
      c[c2] = s20; c[c2 + j1] = s21; c[c2 + j2] = s22; c[c2 + j3] = s23;
      c[c3] = s30; c[c3 + j1] = s31; c[c3 + j2] = s32; c[c3 + j3] = s33;
    }
  }
}
