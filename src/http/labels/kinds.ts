import type { ErrorKind } from '../../platform/index.ts'
import type { ErrorWords } from './errors.id.ts'

/** Words for codes without their own, such as those a workflow brings. */
export const kindsId: Record<ErrorKind, ErrorWords> = {
  'invalid-input': { title: 'Isian belum benar', detail: 'Periksa isiannya.' },
  unauthenticated: { title: 'Silakan masuk dulu', detail: 'Hanya untuk pegawai yang sudah masuk.' },
  forbidden: { title: 'Bukan wewenang Anda', detail: 'Tindakan ini milik jabatan lain.' },
  'not-found': { title: 'Tidak ditemukan', detail: 'Tidak ada, atau tidak untuk jabatan Anda.' },
  conflict: { title: 'Belum atau tidak lagi mungkin', detail: 'Keadaannya sudah berubah. Periksa dulu.' },
  unprocessable: { title: 'Belum dapat diproses', detail: 'Periksa isiannya.' },
  'too-large': { title: 'Terlalu besar', detail: 'Melebihi batas.' },
  'too-many': { title: 'Terlalu banyak permintaan', detail: 'Tunggu sebentar, lalu coba lagi.' },
  unavailable: { title: 'Sedang tidak tersedia', detail: 'Coba lagi sebentar.' },
}

export const kindsEn: Record<ErrorKind, ErrorWords> = {
  'invalid-input': { title: 'Something entered is not right', detail: 'Check what was entered.' },
  unauthenticated: { title: 'Please sign in first', detail: 'For officers who have signed in.' },
  forbidden: { title: 'Not within your authority', detail: 'This act belongs to another post.' },
  'not-found': { title: 'Not found', detail: 'It does not exist, or is not for your post.' },
  conflict: { title: 'Not possible now', detail: 'The state has changed. Check it first.' },
  unprocessable: { title: 'Cannot be processed yet', detail: 'Check what was entered.' },
  'too-large': { title: 'Too large', detail: 'It exceeds the limit.' },
  'too-many': { title: 'Too many requests', detail: 'Wait a moment, then try again.' },
  unavailable: { title: 'Not available right now', detail: 'Try again in a moment.' },
}
