import { Upload as UploadIcon } from 'lucide-react';
import { useId, useState, type DragEvent } from 'react';
import { useTexts } from '../../../i18n/texts.ts';
import { importTexts } from '../imports.texts.ts';

interface FileDropProps {
  readonly pending: boolean;
  /** Small where files are chosen already. */
  readonly further: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

/** Takes files by choice or by drop. */
export function FileDrop({ pending, further, onFiles }: FileDropProps) {
  const t = useTexts(importTexts);
  const id = useId();
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={`flex items-center justify-center rounded-lg border-2 border-dashed px-4 text-center ${further ? 'flex-wrap gap-x-4 gap-y-2 py-3' : 'flex-col gap-2 py-8'} ${over ? 'border-accent bg-accent-soft' : 'border-line-strong bg-surface'}`}
    >
      {!further && <UploadIcon size={24} aria-hidden className="text-muted" />}
      <p className="font-medium">{t(further ? 'dropFurther' : 'dropFiles')}</p>
      <p id={`${id}-hint`} className={further ? 'sr-only' : 'text-muted max-w-xl text-sm'}>
        {t('chooseFilesHint')}
      </p>
      <input
        id={id}
        type="file"
        accept=".csv,text/csv"
        multiple
        disabled={pending}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          // The same file may be chosen again.
          target.value = '';
        }}
        className="peer sr-only"
      />
      <label
        htmlFor={id}
        className="border-line-strong bg-surface hover:bg-sunken peer-focus-visible:outline-accent inline-flex min-h-8 cursor-pointer items-center rounded-md border px-2.5 text-sm font-medium peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-disabled:opacity-50"
      >
        {t('chooseFiles')}
      </label>
      {pending && <p role="status">{t('sending')}</p>}
    </div>
  );
}
