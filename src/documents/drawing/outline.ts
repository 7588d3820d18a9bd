/**
 * Turns a path of absolute `M x y`, `L x y`, `C x y x y x y` and `Z` commands into PDF path operators.
 * @param at maps a point of the path to "x y" on the page
 */
export function outlineOperators(path: string, at: (x: number, y: number) => string): string {
  return [...path.matchAll(/([MLCZ])([^MLCZ]*)/g)]
    .map(([, command, rest = '']) => {
      const numbers = rest
        .trim()
        .split(/[\s,]+/)
        .filter(Boolean)
        .map(Number)
      const points: string[] = []
      for (let i = 0; i + 1 < numbers.length; i += 2) points.push(at(numbers[i] ?? 0, numbers[i + 1] ?? 0))
      if (command === 'Z') return 'h'
      return `${points.join(' ')} ${command === 'M' ? 'm' : command === 'L' ? 'l' : 'c'}`
    })
    .join(' ')
}
