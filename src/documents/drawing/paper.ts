/** Sheet sizes in mm with the margins of official letters. */
export interface Paper {
  readonly widthMm: number
  readonly heightMm: number
  readonly marginMm: { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number }
}

export const papers = {
  a4: { widthMm: 210, heightMm: 297, marginMm: { top: 15, right: 20, bottom: 20, left: 25 } },
  /** F4 as most offices buy it; 210 × 330 is in use too. */
  f4: { widthMm: 215, heightMm: 330, marginMm: { top: 15, right: 20, bottom: 20, left: 25 } },
  a5: { widthMm: 148, heightMm: 210, marginMm: { top: 10, right: 12, bottom: 15, left: 15 } },
  halfF4: { widthMm: 165, heightMm: 215, marginMm: { top: 10, right: 12, bottom: 15, left: 15 } },
} as const satisfies Record<string, Paper>

export type PaperName = keyof typeof papers
