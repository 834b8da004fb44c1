/** What is wrong with one field. */
export class FieldErrorDto {
  field!: string;
  rule!: string;
  message!: string;
}

/** A problem of RFC 9457; `code` is stable. */
export class ProblemDto {
  type!: string;
  title!: string;
  status!: number;
  code!: string;
  detail?: string;
  errors?: FieldErrorDto[];
}
