using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Media.Catalog;
using EdgeEnforcement.EdgeAgent.Media.Hashing;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

/// One bay. ScanAsync is called by one loop at a time; Snapshot may be read by anybody. What a scan finds decides the phase
/// (BayPolicy); each change of phase is told to the spool before the next step is taken.
internal sealed class Bay(BayOptions options, DockTools tools)
{
    private static readonly string[] Mp4Extensions = [".mp4", ".mov", ".m4v", ".m4a"];

    private Docking? _docking;
    private BayPhase _phase;
    private BaySnapshot _snapshot = BaySnapshot.Empty(options.Number);
    private string _typedCaseNumber = "";
    private string _remark = "";
    private long _bytesOfCurrent;

    public int Number => options.Number;

    public BayPhase Phase => _phase;

    public BaySnapshot Snapshot => Volatile.Read(ref _snapshot);

    /// Typed by the officer at the dock; holds for the next docking in this bay.
    public void TypeCaseNumber(string number) => Volatile.Write(ref _typedCaseNumber, number);

    public async Task ScanAsync(CancellationToken cancellation)
    {
        var now = tools.Time.GetUtcNow();
        IReadOnlyList<DiskFile> listing;
        try
        {
            listing = RecorderDisk.List(options.Path) ?? [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The disk goes while we list it, or cannot be read at all: the next scan tells which.
            _remark = e.Message;
            Show();
            return;
        }

        if (_docking is { } before && (listing.Count == 0 || IsAnother(before, listing)))
            await LeaveAsync(before, cancellation);
        if (listing.Count == 0)
            return;
        var docking = _docking ?? await EnterAsync(listing, now, cancellation);

        Observe(docking, listing, now);
        await CheckAmberAsync(docking, listing, cancellation);
        await TakeReadyAsync(docking, cancellation);
        await SettlePhaseAsync(docking, cancellation);
        Show();
    }

    /// Another recorder came between two scans: another serial, and nothing of what lay here before.
    private bool IsAnother(Docking docking, IReadOnlyList<DiskFile> listing) =>
        tools.Identities.Read(options.Path, listing).Serial != docking.Identity.Serial
        && docking.Files.Count > 0
        && !listing.Any(f => docking.Files.ContainsKey(f.RelativePath));

    private async Task<Docking> EnterAsync(IReadOnlyList<DiskFile> listing, DateTimeOffset now, CancellationToken cancellation)
    {
        var identity = tools.Identities.Read(options.Path, listing);
        var clock = tools.Clocks.Measure(options.Path, listing, now);
        var caseNumber = Interlocked.Exchange(ref _typedCaseNumber, "") is { Length: > 0 } typed ? typed
            : identity.CaseNumber.Length > 0 ? identity.CaseNumber
            : options.CaseNumber;
        var docking = new Docking(Number, options.Path, identity, clock, caseNumber);

        await tools.Custody.EventAsync(CustodyEventKind.RecorderInserted, docking.Recorder, Number, cancellation);
        await tools.Custody.EventAsync(
            new CustodyEvent
            {
                Kind = CustodyEventKind.ClockMeasured,
                Recorder = docking.Recorder,
                Bay = (uint)Number,
                ClockOffset = Duration.FromTimeSpan(clock.Offset),
                Uncertainty = Duration.FromTimeSpan(clock.Uncertainty),
                Reason = clock.Method,
            },
            [],
            cancellation);
        tools.Serials.Enter(Number, identity.Serial);
        tools.Log.RecorderInserted(Number, docking.Recorder, identity.Source, clock.Offset.TotalSeconds, clock.Uncertainty.TotalSeconds);
        _docking = docking;
        _phase = BayPhase.Reading;
        return docking;
    }

    private async Task LeaveAsync(Docking docking, CancellationToken cancellation)
    {
        string[] missing = [.. docking.Files.Values.Where(f => f.Stage == FileStage.Waiting).Select(f => f.Listed.RelativePath).Order(StringComparer.Ordinal)];
        if (missing.Length > 0)
        {
            await tools.Custody.EventAsync(
                new CustodyEvent
                {
                    Kind = CustodyEventKind.RemovedEarly,
                    Recorder = docking.Recorder,
                    Bay = (uint)Number,
                    Reason = FormattableString.Invariant($"{missing.Length} of {docking.Files.Count} files not copied"),
                },
                missing,
                cancellation);
            tools.Log.RemovedEarly(Number, docking.Recorder, missing.Length);
        }
        else
        {
            await tools.Custody.EventAsync(CustodyEventKind.RecorderRemoved, docking.Recorder, Number, cancellation);
            tools.Log.RecorderRemoved(Number, docking.Recorder);
        }
        tools.Serials.Leave(Number);
        _docking = null;
        _phase = BayPhase.Empty;
        _remark = "";
        Show();
    }

    private void Observe(Docking docking, IReadOnlyList<DiskFile> listing, DateTimeOffset now)
    {
        foreach (var file in listing.Where(f => !tools.Identities.IsIdentityOrClockFile(f.RelativePath)))
            if (docking.Files.TryGetValue(file.RelativePath, out var known))
                known.Observe(file, now);
            else
                docking.Files.Add(file.RelativePath, new BayFile(file, now));

        // A temporary file of the recorder itself may come and go; what was taken stays on the list.
        var there = listing.Select(f => f.RelativePath).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in docking.Files.Where(f => f.Value.Stage == FileStage.Waiting && !there.Contains(f.Key)).Select(f => f.Key).ToArray())
            docking.Files.Remove(gone);
    }

    private async Task CheckAmberAsync(Docking docking, IReadOnlyList<DiskFile> listing, CancellationToken cancellation)
    {
        if (docking.AmberReason.Length > 0)
            return;
        var serial = docking.Identity.Serial;
        docking.AmberReason =
            serial.Length == 0 ? "unknown serial"
            : tools.Names.IsDefaultSerial(serial) ? $"default serial {serial}"
            : tools.Serials.IsElsewhere(Number, serial) ? $"serial {serial} stands in another bay too"
            : tools.Identities.Read(options.Path, listing).Serial != serial ? $"files of more than one recorder beside {serial}"
            : "";
        if (docking.AmberReason.Length == 0)
            return;
        await tools.Custody.EventAsync(
            new CustodyEvent { Kind = CustodyEventKind.BayAmber, Recorder = docking.Recorder, Bay = (uint)Number, Reason = docking.AmberReason },
            [],
            cancellation);
        tools.Log.BayAmber(Number, docking.AmberReason);
    }

    /// In capture order, because the chain of manifests is.
    private async Task TakeReadyAsync(Docking docking, CancellationToken cancellation)
    {
        _remark = "";
        var held = "";
        var ready = docking.Files.Values
            .Where(f => f.Stage == FileStage.Waiting && IsStill(f))
            .OrderBy(f => tools.Names.Parse(f.Listed.Name).Time ?? f.Listed.ModifiedAt)
            .ThenBy(f => f.Listed.RelativePath, StringComparer.Ordinal)
            .ToArray();
        foreach (var file in ready)
        {
            if (file.Listed.SizeBytes == 0)
                await RefuseAsync(docking, file, "zero bytes", cancellation);
            else if (tools.Space.WhyNoFootage(file.Listed.SizeBytes) is { } full)
                held = full;
            else if (IsFinished(docking, file) && !await TakeAsync(docking, file, cancellation))
                break;
        }
        await HoldAsync(docking, held, cancellation);
    }

    /// Amber while files wait for room; told once each time it begins. The recorder is not released meanwhile: its files are outstanding.
    private async Task HoldAsync(Docking docking, string reason, CancellationToken cancellation)
    {
        if (reason.Length > 0 && docking.HeldReason.Length == 0)
        {
            await tools.Custody.EventAsync(
                new CustodyEvent { Kind = CustodyEventKind.BayAmber, Recorder = docking.Recorder, Bay = (uint)Number, Reason = reason }, [], cancellation);
            tools.Log.BayAmber(Number, reason);
        }
        docking.HeldReason = reason;
    }

    private static bool IsStill(BayFile file) => file.EqualScans >= 2;

    /// An MP4 without its index is still being written, unless it has lain still for so long that it never will be finished. The same
    /// holds for an empty file.
    private bool IsFinished(Docking docking, BayFile file)
    {
        if (tools.Time.GetUtcNow() - file.EqualSince >= tools.Options.UnfinishedPatience)
            return true;
        if (!Mp4Extensions.Contains(Path.GetExtension(file.Listed.Name), StringComparer.OrdinalIgnoreCase))
            return true;
        try
        {
            using var stream = new FileStream(Path.Combine(docking.BayPath, file.Listed.RelativePath), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return Mp4Boxes.HasMovie(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Taking it will meet the same fault and name it.
            return true;
        }
    }

    /// False when the recorder is no longer there: the rest of the list is not worth trying.
    private async Task<bool> TakeAsync(Docking docking, BayFile file, CancellationToken cancellation)
    {
        var progress = new CallbackProgress(bytes =>
        {
            _bytesOfCurrent = bytes;
            Show();
        });
        var outcome = await tools.Intake.TakeAsync(docking, file.Listed, progress, cancellation);
        _bytesOfCurrent = 0;
        if (outcome.Entry is { } entry)
        {
            file.Taken(entry);
            file.LastFault = "";
            if (outcome.New)
            {
                tools.Metrics.FileTaken(entry.Manifest.SizeBytes);
                tools.Log.FileTaken(Number, file.Listed.RelativePath, entry.Manifest.SizeBytes, entry.ManifestHash.ToString());
            }
            else
                tools.Log.FileKnown(Number, file.Listed.RelativePath);
            Show();
            return true;
        }

        tools.Log.FileNotTaken(Number, file.Listed.RelativePath, outcome.Fault.ToString(), outcome.Detail);
        file.Retry(tools.Time.GetUtcNow());
        switch (outcome.Fault)
        {
            case CopyFault.Gone:
                return false;
            case CopyFault.Changed:
                await TellOnceAsync(docking, file, CustodyEventKind.FileChanged, outcome.Detail, cancellation);
                break;
            case CopyFault.Unreadable:
                await TellOnceAsync(docking, file, CustodyEventKind.FileRefused, "unreadable: " + outcome.Detail, cancellation);
                break;
            case CopyFault.Station:
                _remark = outcome.Detail;
                break;
            case CopyFault.None:
            default:
                throw new InvalidOperationException($"A file without an entry has the fault {outcome.Fault}.");
        }
        return true;
    }

    private async Task RefuseAsync(Docking docking, BayFile file, string reason, CancellationToken cancellation)
    {
        if (tools.Time.GetUtcNow() - file.EqualSince < tools.Options.UnfinishedPatience)
            return;
        file.Refused();
        tools.Log.FileNotTaken(Number, file.Listed.RelativePath, "Refused", reason);
        await TellOnceAsync(docking, file, CustodyEventKind.FileRefused, reason, cancellation);
    }

    private async Task TellOnceAsync(Docking docking, BayFile file, CustodyEventKind kind, string reason, CancellationToken cancellation)
    {
        if (file.LastFault == reason)
            return;
        file.LastFault = reason;
        await tools.Custody.EventAsync(
            new CustodyEvent { Kind = kind, Recorder = docking.Recorder, Bay = (uint)Number, Reason = reason },
            [file.Listed.RelativePath],
            cancellation);
    }

    private async Task SettlePhaseAsync(Docking docking, CancellationToken cancellation)
    {
        var now = tools.Time.GetUtcNow();
        var entries = docking.Files.Values.Where(f => f.Stage == FileStage.Copied).Select(f => f.Entry!).ToArray(); // Copied has one
        var anchored = entries.All(e => tools.Receipts.Find(e.Key) is { IsAnchored: true });
        var next = BayPolicy.Next(
            _phase,
            new BayFacts(
                Present: true,
                Outstanding: docking.Files.Values.Count(f => f.Stage == FileStage.Waiting),
                Amber: docking.AmberReason.Length > 0,
                Anchored: anchored,
                PatienceOver: docking.CopiedAt is { } at && now - at >= tools.Options.AnchorPatience,
                ReleaseForbidden: tools.Alarms.ForbidRelease),
            tools.Options.ReleaseNeedsAnchor);

        if (next == BayPhase.Copied && _phase != BayPhase.Copied)
            docking.CopiedAt = now;
        if (next == BayPhase.Released && _phase != BayPhase.Released)
        {
            var refused = docking.Files.Values.Count(f => f.Stage == FileStage.Refused);
            await tools.Custody.EventAsync(
                new CustodyEvent
                {
                    Kind = CustodyEventKind.RecorderReleased,
                    Recorder = docking.Recorder,
                    Bay = (uint)Number,
                    BeforeAnchor = !anchored,
                    Reason = refused == 0 ? "" : FormattableString.Invariant($"{refused} files could not be taken"),
                },
                [.. entries.Select(e => e.Manifest.OriginalPath)],
                cancellation);
            tools.Log.RecorderReleased(Number, docking.Recorder, entries.Length, !anchored);
        }
        _phase = next;
    }

    private void Show()
    {
        if (_docking is not { } docking)
        {
            Volatile.Write(ref _snapshot, BaySnapshot.Empty(Number) with { Remark = _remark });
            return;
        }
        var files = docking.Files.Values.ToArray();
        var done = files.Where(f => f.Stage != FileStage.Waiting).ToArray();
        var amber = docking.AmberReason.Length > 0 ? docking.AmberReason : docking.HeldReason;
        var state = amber.Length > 0 ? "amber" : _phase switch
        {
            BayPhase.Empty => "empty",
            BayPhase.Reading => "reading",
            BayPhase.Copied => "copied",
            BayPhase.Released => "released",
            _ => throw new InvalidOperationException($"No such phase: {_phase}."),
        };
        Volatile.Write(ref _snapshot, new BaySnapshot(
            Number, state, docking.Recorder, files.Length, done.Length,
            files.Sum(f => f.Listed.SizeBytes), done.Sum(f => f.Listed.SizeBytes) + _bytesOfCurrent,
            amber.Length > 0 ? amber : _remark));
    }
}
