using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Origins;

/// <summary>
/// Who a data directory says it is: under which origin and key it signs, and whether it may. Its own record wins over the
/// configuration's default; a configured origin that is another one is refused, not obeyed.
/// </summary>
internal sealed class DataIdentity
{
    private DataIdentity(LedgerPaths paths, string name, IReadOnlyList<LedgerOrigin> origins, bool isReadOnly) =>
        (Paths, Name, Origins, IsReadOnly) = (paths, name, origins, isReadOnly);

    public LedgerPaths Paths { get; }

    public string Name { get; }

    public IReadOnlyList<LedgerOrigin> Origins { get; }

    public bool IsReadOnly { get; }

    public static DataIdentity Read(IFileSystem files, LedgerPaths paths, string configured)
    {
        var restored = RestoredMarker.Read(files, paths);
        if (restored == RestoredState.Unfinished)
            throw new LedgerFatalException($"a restore into '{paths.Data}' did not end: remove the directory and restore again");
        if (OriginOpening.Read(files, paths) is { } opening)
            throw new LedgerFatalException(
                $"'ingest open-new-origin' did not end in '{paths.Data}': run it again with --origin {opening.Fact.Origin}, it goes on where it stopped");
        var origins = LedgerOriginsFile.Read(files, paths) ?? [];
        if (restored == RestoredState.ReadOnly && origins.Count == 0)
            throw new LedgerFatalException($"'{paths.Origins}' is missing: the restored data no longer say whose they are");
        if (origins.Count > 0 && origins[^1].Name != configured && configured != LedgerOptions.DefaultOrigin)
            throw new LedgerFatalException(
                $"the data in '{paths.Data}' sign under '{origins[^1].Name}', the service is set to '{configured}': take Ledger:Origin out of the configuration or set it right");
        return origins.Count == 0
            ? new DataIdentity(paths, configured, origins, isReadOnly: false)
            : new DataIdentity(paths.ForOrigin(origins.Count), origins[^1].Name, origins, restored == RestoredState.ReadOnly);
    }

    /// <summary>The key beside the data is the one their record names.</summary>
    public void CheckKey(NoteSigner signer)
    {
        if (Origins.Count > 0 && Origins[^1].VerifierKey != signer.VerifierKey)
            throw new LedgerFatalException($"'{Paths.CheckpointKey}' is not the key of '{Name}' that '{Paths.Origins}' names");
    }

    /// <summary>A ledger that is begun, or was begun by an older program, gets its record.</summary>
    public IReadOnlyList<LedgerOrigin> Remember(IFileSystem files, NoteSigner signer)
    {
        if (Origins.Count > 0)
            return Origins;
        LedgerOrigin[] first = [new(1, signer.Name, 0, signer.VerifierKey)];
        LedgerOriginsFile.Write(files, Paths, first);
        return first;
    }
}
