/** Scales to length 1, in place. A vector of zeros stays one. */
export function normalise<Vector extends Float32Array>(vector: Vector): Vector {
  let squares = 0
  for (const value of vector) squares += value * value
  const length = Math.sqrt(squares)
  if (length > 0) for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] as number) / length
  return vector
}
