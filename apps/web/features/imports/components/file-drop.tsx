import { Upload as UploadIcon } from 'lucide-react';
import { useId, useState, type DragEvent } from 'react';
import { useTexts } from '../../../i18n/texts.ts';
import { importTexts } from '../imports.texts.ts';

interface FileDropProps {
  readonly pending: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

/** Takes files by choice or by drop. */
export function FileDrop({ pending, onFiles }: FileDropProps) {
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
      className={`flex flex-col items-center gap-2 rounded-lg border-2 border-dashed px-4 py-8 text-center ${over ? 'border-accent bg-accent-soft' : 'border-line-strong bg-surface'}`}
    >
      <UploadIcon size={24} aria-hidden className="text-muted" />
      <label htmlFor={id} className="font-medium">
        {t('chooseFiles')}
      </label>
      <p id={`${id}-hint`} className="text-muted max-w-xl text-sm">
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
          target.value = '';
        }}
        className="max-w-full text-sm"
      />
      {pending && <p role="status">{t('sending')}</p>}
    </div>
  );
}
