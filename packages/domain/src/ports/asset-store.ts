/** A file that a producer stores once and names in many tasks; or an address that it gives a name. */
export interface Asset {
  /** 24 lower-case hex digits. */
  id: string
  company: string
  filename: string | null
  contentType: string | null
  sizeBytes: number | null
  /** Where its bytes are: the path of an uploaded file of the company, or an address that workers fetch. */
  at: { path: string } | { url: string }
  createdAt: Date
}

export interface AssetStore {
  insertAsset(asset: Omit<Asset, 'createdAt'>): Promise<Asset>
  /** Null: no such asset of this company. */
  findAsset(company: string, id: string): Promise<Asset | null>
  /** Those of the company, the newest first; `total` counts them on all pages. */
  listAssets(company: string, page: { offset: number; limit: number }): Promise<{ assets: Asset[]; total: number }>
  /** The asset that was deleted; null: there was none. */
  deleteAsset(company: string, id: string): Promise<Asset | null>
}
