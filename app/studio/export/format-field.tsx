import { exportFormatNames, exportFormats, type ExportFormat } from "#domain/jobs/export-formats.ts";
import { Select } from "#app/ui/select.tsx";
import { documentIds, documents, type DocumentId } from "./documents.ts";

export type AnyFormat = ExportFormat | DocumentId;

const options = [
  ...exportFormatNames.map((id) => ({
    id: id as AnyFormat,
    name: exportFormats[id].name,
    group: "The film, rendered",
  })),
  ...documentIds.map((id) => ({
    id: id as AnyFormat,
    name: documents[id].name,
    group: documents[id].of === "script" ? "The script" : "The board",
  })),
];

/** The first row of the dialog: as what, and what that holds. */
export function FormatField({
  value,
  holds,
  onChange,
}: {
  value: AnyFormat;
  holds: string;
  onChange(format: AnyFormat): void;
}) {
  return (
    <>
      <dt>Format</dt>
      <dd>
        <Select label="Format" options={options} value={value} onChange={onChange} />
        <span className="faint">{holds}</span>
      </dd>
    </>
  );
}
