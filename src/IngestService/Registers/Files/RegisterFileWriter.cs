using System.Text;
using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Registers.Files;

/// <summary>Contents to a file that can be read again: UTF-8 with BOM, so that spreadsheets here open it as what it is.</summary>
internal static class RegisterFileWriter
{
    public static IEnumerable<byte[]> Write(RegisterFileFormat format, IEnumerable<RegisterChange> changes, int chunkCharacters = 64 * 1024)
    {
        StringBuilder text = new("\uFEFF");
        Line(text, format.Columns.Select(column => column.Field));
        foreach (RegisterChange change in changes)
        {
            Line(text, format.Write(change));
            if (text.Length < chunkCharacters)
                continue;
            yield return Encoding.UTF8.GetBytes(text.ToString());
            text.Clear();
        }

        yield return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Line(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(CsvText.Quote)).Append("\r\n");
}
