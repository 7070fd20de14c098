using System.Security.Cryptography;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Registers;
using EdgeEnforcement.IngestService.Registers.Files;
using EdgeEnforcement.IngestService.Registers.Rules;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Cases.Registers;

/// <summary>
/// A file into a register, all of its lines or none:
///
///   1. the whole file is here, within its limit, before a line is read; a stream that breaks off has changed nothing;
///   2. every line is read and judged with all the others in place; one error and nothing is appended;
///   3. parts are appended, which say nothing by themselves (RegisterImportPart);
///   4. one entry takes them in (RegisterImported), under the version of the registers that was decided on.
///
/// A crash between 3 and 4 leaves parts that nobody reads. Lines that change nothing are left out.
/// </summary>
internal sealed class RegisterImport(RegisterTurn turn)
{
    public const int MostBytes = 32 * 1024 * 1024;

    private const int MostErrorsShown = 1_000;
    private const int PartBytes = 256 * 1024;

    public async Task<ImportResult> RunAsync(ImportHead head, IAsyncEnumerable<ReadOnlyMemory<byte>> content, CancellationToken cancellation)
    {
        if ((ActRules.Actor(head.Actor) ?? ActRules.Reason(head.Reason) ?? ActRules.Subject(head.FileName)) is { } incomplete)
            return new ImportResult(null, incomplete);
        if (RegisterFileFormat.Of(head.Kind) is not { } format)
            return new ImportResult(null, new RefusalDetail(RefusalCode.IncompleteAct, $"there are no files of {head.Kind}"));
        byte[]? bytes = await ReadAsync(content, cancellation);
        if (bytes is null)
            return new ImportResult(null, new RefusalDetail(RefusalCode.TooLarge, $"a file has at most {MostBytes} bytes"));
        (string? text, string encoding) = CsvText.Read(bytes);
        if (text is null)
            return new ImportResult(null, new RefusalDetail(RefusalCode.Malformed, "the file is neither UTF-8 nor GB 18030"));
        RegisterFileReader reader = new(format, head.Reason.Trim());
        reader.Read(text);
        return await turn.RunAsync(stand => TakeAsync(head, bytes, encoding, reader, stand, cancellation), cancellation);
    }

    private async Task<ImportResult> TakeAsync(
        ImportHead head, byte[] bytes, string encoding, RegisterFileReader reader, RegisterStand stand, CancellationToken cancellation)
    {
        (List<ChangeToMake> changes, ImportReport report) = Judge(head, reader, stand);
        report.Encoding = encoding;
        if (!report.Accepted || head.DryRun || changes.Count == 0)
            return new ImportResult(report, null);

        RegisterImported imported = new()
        {
            ImportId = $"I-{turn.Ledger.DurableSize}", ChangeCount = (uint)changes.Count, Kind = head.Kind, FileName = head.FileName,
            FileSha256 = ByteString.CopyFrom(SHA256.HashData(bytes)), Reason = head.Reason.Trim(), Actor = head.Actor,
        };
        foreach (RegisterImportPart part in Parts(imported.ImportId, changes))
        {
            RegisterActResult appended = await turn.AppendAsync(new Record { Sensitivity = Sensitivity.Internal, RegisterImportPart = part }, cancellation);
            if (appended.Receipt is null)
                return new ImportResult(null, appended.Refusal);
            imported.Parts.Add(appended.Receipt.Index.Value);
        }

        RegisterActResult result = await turn.AppendAsync(
            new Record { Preconditions = { stand.Unmoved }, Sensitivity = Sensitivity.Internal, RegisterImported = imported }, cancellation);
        if (result.Receipt is null)
            return new ImportResult(null, result.Refusal);
        (report.EntryIndex, report.LedgerSize) = (result.Receipt.Index.Value, result.Receipt.DurableSize);
        return new ImportResult(report, null);
    }

    private (List<ChangeToMake> Changes, ImportReport Report) Judge(ImportHead head, RegisterFileReader reader, RegisterStand stand)
    {
        ImportReport report = new() { Lines = (uint)Math.Min(reader.Lines, RegisterFileReader.MostLines) };
        List<ChangeToMake> changes = [];
        Dictionary<string, int> lines = new(StringComparer.Ordinal);
        RegisterAsOf now = new(turn.NowMicros);
        foreach ((int line, RegisterChange change) in reader.Changes)
        {
            RegisterSubject? subject = stand.Book.Find(head.Kind, change.Id);
            RegisterVersion? inForce = subject?.InForce(now);
            if (inForce is not null && RegisterDiff.IsSameContent(inForce.Change, change))
                report.Unchanged++;
            else if (lines.TryAdd(change.Id, line))
                changes.Add(new ChangeToMake { Change = change, ExpectedVersion = subject?.Newest.Number ?? 0 });
            if (inForce is null)
                report.Added++;
        }

        report.Changed = (uint)Math.Max(0, reader.Changes.Count - report.Unchanged - report.Added);
        if (reader.Errors.Count == 0)
        {
            foreach ((RegisterChange change, RuleFault fault) in stand.Decider.Faults(changes, head.Actor))
                reader.Error(lines[change.Id], fault);
        }

        report.ErrorCount = (uint)reader.Errors.Count;
        report.Errors.AddRange(reader.Errors.OrderBy(error => error.Line).Take(MostErrorsShown));
        report.Accepted = reader.Errors.Count == 0;
        return (changes, report);
    }

    private static IEnumerable<RegisterImportPart> Parts(string importId, List<ChangeToMake> changes)
    {
        RegisterImportPart part = new() { ImportId = importId };
        int size = 0;
        foreach (ChangeToMake make in changes)
        {
            size += make.Change.CalculateSize() + 8;
            if (size > PartBytes && part.Changes.Count > 0)
            {
                yield return part;
                (part, size) = (new RegisterImportPart { ImportId = importId }, make.Change.CalculateSize() + 8);
            }

            part.Changes.Add(make.Change);
        }

        yield return part;
    }

    /// Null: more than is taken. What is beyond the limit is not kept.
    private static async Task<byte[]?> ReadAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> content, CancellationToken cancellation)
    {
        using MemoryStream whole = new();
        await foreach (ReadOnlyMemory<byte> piece in content.WithCancellation(cancellation))
        {
            if (whole.Length + piece.Length > MostBytes)
                return null;
            whole.Write(piece.Span);
        }

        return whole.ToArray();
    }
}
