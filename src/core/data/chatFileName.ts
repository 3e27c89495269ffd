const DATASET = /\.(?:jsonl|json|csv|tsv|parquet)(?:\.gz)?$/i;

/** The name that is proposed for a file's conversations: rows.csv.gz → rows.chat.jsonl. */
export function chatFileName(name: string): string {
  return `${name.replace(DATASET, '')}.chat.jsonl`;
}
