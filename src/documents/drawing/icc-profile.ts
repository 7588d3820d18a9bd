/**
 * An sRGB display profile, computed from the published primaries and transfer curve: ICC version 2, matrix and tone
 * curves only. It tells a PDF/A viewer what the numbers of the colours mean.
 * Source: IEC 61966-2-1 (primaries, curve), ICC.1:2001-04 (layout), Bradford adaptation D65 → D50.
 */
type Vector = [number, number, number]
type Matrix = [Vector, Vector, Vector]

const WHITE_D65: Vector = [0.3127 / 0.329, 1, (1 - 0.3127 - 0.329) / 0.329]
const WHITE_D50: Vector = [0.9642, 1, 0.8249]
const PRIMARIES: [number, number][] = [
  [0.64, 0.33],
  [0.3, 0.6],
  [0.15, 0.06],
]
const BRADFORD: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
]
const CURVE_POINTS = 1024

/** The profile's bytes, the same on every call. */
export function srgbProfile(): Buffer {
  const [red, green, blue] = adaptedPrimaries()
  const curve = toneCurve()
  const tags: [string, Buffer][] = [
    ['cprt', text('text', 'No copyright, use freely')],
    ['desc', description('sRGB IEC61966-2.1, computed')],
    ['wtpt', xyz(WHITE_D50)],
    ['rXYZ', xyz(red)],
    ['gXYZ', xyz(green)],
    ['bXYZ', xyz(blue)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ]
  return assemble(tags)
}

function adaptedPrimaries(): Matrix {
  const columns = PRIMARIES.map(([x, y]): Vector => [x / y, 1, (1 - x - y) / y]) as Matrix
  const amounts = multiply(inverse(transpose(columns)), WHITE_D65)
  const adapt = adaptation()
  return columns.map((column, i) => multiply(adapt, scaled(column, amounts[i] ?? 0))) as Matrix
}

function adaptation(): Matrix {
  const from = multiply(BRADFORD, WHITE_D65)
  const to = multiply(BRADFORD, WHITE_D50)
  const stretched = BRADFORD.map((row, i) => scaled(row, (to[i] ?? 0) / (from[i] ?? 1))) as Matrix
  const back = inverse(BRADFORD)
  const columns = transpose(stretched).map((column) => multiply(back, column)) as Matrix
  return transpose(columns)
}

const scaled = (v: Vector, by: number): Vector => [v[0] * by, v[1] * by, v[2] * by]

const multiply = (m: Matrix, v: Vector): Vector =>
  m.map((row) => row[0] * v[0] + row[1] * v[1] + row[2] * v[2]) as Vector

const transpose = (m: Matrix): Matrix => [
  [m[0][0], m[1][0], m[2][0]],
  [m[0][1], m[1][1], m[2][1]],
  [m[0][2], m[1][2], m[2][2]],
]

const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]

function inverse(m: Matrix): Matrix {
  const columns = [cross(m[1], m[2]), cross(m[2], m[0]), cross(m[0], m[1])] as Matrix
  const determinant = m[0][0] * columns[0][0] + m[0][1] * columns[0][1] + m[0][2] * columns[0][2]
  return transpose(columns.map((column) => scaled(column, 1 / determinant)) as Matrix)
}

function toneCurve(): Buffer {
  const out = Buffer.alloc(12 + CURVE_POINTS * 2)
  out.write('curv', 0, 'latin1')
  out.writeUInt32BE(CURVE_POINTS, 8)
  for (let i = 0; i < CURVE_POINTS; i++) {
    const encoded = i / (CURVE_POINTS - 1)
    const linear = encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4
    out.writeUInt16BE(Math.round(linear * 65_535), 12 + i * 2)
  }
  return out
}

function xyz(value: Vector): Buffer {
  const out = Buffer.alloc(20)
  out.write('XYZ ', 0, 'latin1')
  value.forEach((part, i) => {
    out.writeInt32BE(Math.round(part * 65_536), 8 + i * 4)
  })
  return out
}

function text(type: string, value: string): Buffer {
  return Buffer.concat([Buffer.from(type, 'latin1'), Buffer.alloc(4), Buffer.from(`${value}\0`, 'latin1')])
}

function description(value: string): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(value.length + 1)
  // Empty Unicode and ScriptCode parts are required: 4 + 4 and 2 + 1 + 67 bytes.
  return Buffer.concat([
    Buffer.from('desc\0\0\0\0', 'latin1'),
    length,
    Buffer.from(`${value}\0`, 'latin1'),
    Buffer.alloc(78),
  ])
}

function assemble(tags: [string, Buffer][]): Buffer {
  const directory = Buffer.alloc(4 + tags.length * 12)
  directory.writeUInt32BE(tags.length, 0)
  const placed = new Map<Buffer, number>()
  const parts: Buffer[] = []
  let offset = 128 + directory.length
  tags.forEach(([tag, data], i) => {
    if (!placed.has(data)) {
      placed.set(data, offset)
      const block = Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)])
      parts.push(block)
      offset += block.length
    }
    directory.write(tag, 4 + i * 12, 'latin1')
    directory.writeUInt32BE(placed.get(data) ?? 0, 8 + i * 12)
    directory.writeUInt32BE(data.length, 12 + i * 12)
  })
  return Buffer.concat([header(offset), directory, ...parts])
}

function header(size: number): Buffer {
  const out = Buffer.alloc(128)
  out.writeUInt32BE(size, 0)
  out.writeUInt32BE(0x02100000, 8)
  out.write('mntrRGB XYZ ', 12, 'latin1')
  for (const [i, part] of [2026, 1, 1, 0, 0, 0].entries()) out.writeUInt16BE(part, 24 + i * 2)
  out.write('acsp', 36, 'latin1')
  WHITE_D50.forEach((part, i) => {
    out.writeInt32BE(Math.round(part * 65_536), 68 + i * 4)
  })
  return out
}
