using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Ledger.Origins;

/// <summary>
/// What 'open-new-origin' set out to do, durable before it does it: the OriginOpened fact, then its SHA-256. Whoever goes on after a
/// crash appends these bytes and no others.
/// </summary>
internal sealed record OriginOpening(OriginOpened Fact)
{
    /// <summary>Null if none is under way.</summary>
    public static OriginOpening? Read(IFileSystem files, LedgerPaths paths)
    {
        if (DurableFile.Read(files, paths.OriginOpening) is not { } bytes)
            return null;
        var end = bytes.Length - Sha256Hash.SizeBytes;
        return end > 0 && Sha256Hash.Of(bytes.AsSpan(0, end)) == Sha256Hash.FromBytes(bytes.AsSpan(end))
            ? new OriginOpening(OriginOpened.Parser.ParseFrom(bytes.AsSpan(0, end)))
            : throw new LedgerFatalException($"'{paths.OriginOpening}' is not as it was written");
    }

    public void Write(IFileSystem files, LedgerPaths paths)
    {
        var fact = Fact.ToByteArray();
        DurableFile.Replace(files, paths.OriginOpening, [.. fact, .. Sha256Hash.Of(fact).ToArray()]);
    }

    public static void Remove(IFileSystem files, LedgerPaths paths)
    {
        if (files.Exists(paths.OriginOpening))
            files.Delete(paths.OriginOpening);
        files.SyncDirectory(paths.Root);
    }
}
