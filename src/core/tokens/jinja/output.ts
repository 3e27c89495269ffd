import type { Budget } from './budget';

/** Which line of the template wrote the text from `start` on. */
export interface Segment {
  readonly start: number;
  readonly line: number;
}

/** Text with the lines that wrote it: the template's own, or what a macro or a block collects. */
export class Output {
  private readonly parts: string[] = [];
  private readonly segments: Segment[] = [];
  /** In UTF-16 units. */
  length = 0;

  constructor(private readonly budget: Budget) {}

  /** What one line of the template wrote. */
  print(text: string, line: number): void {
    if (text === '') return;
    this.mark(this.length, line);
    this.add(text);
  }

  /** Text of the template itself, which goes on over its lines. */
  data(text: string, line: number): void {
    let start = 0;
    let current = line;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      this.mark(this.length + start, current);
      start = end + 1;
      current += 1;
    }
    if (start < text.length) this.mark(this.length + start, current);
    this.add(text);
  }

  /** All of another's, with its lines. */
  append(other: Output): void {
    for (const { start, line } of other.segments) this.mark(this.length + start, line);
    this.add(other.text());
  }

  private mark(start: number, line: number): void {
    if (this.segments.at(-1)?.line !== line) this.segments.push({ start, line });
  }

  private add(text: string): void {
    this.budget.write(text.length);
    this.parts.push(text);
    this.length += text.length;
  }

  text(): string {
    if (this.parts.length > 1) this.parts.splice(0, this.parts.length, this.parts.join(''));
    return this.parts[0] ?? '';
  }

  lines(): readonly Segment[] {
    return this.segments;
  }
}
