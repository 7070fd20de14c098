using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.OperatorConsole.Tests.Fake;

/// <summary>What the fake service knows. One lock; every change appends to the book and wakes the feeds.</summary>
internal sealed class FakeWorld : IDisposable
{
    private readonly List<string> _acts = [];

    public FakeWorld() => Erasures = new FakeErasures(this);

    public Lock Gate { get; } = new();

    public FakeLedgerBook Book { get; } = new();

    public Dictionary<string, AlertDetail> Alerts { get; } = [];

    public Dictionary<string, CaseDetail> Cases { get; } = [];

    public Dictionary<ulong, MediaDetail> Media { get; } = [];

    public Dictionary<ulong, byte[]> Files { get; } = [];

    public FakeErasures Erasures { get; }

    public FakeStations Stations { get; } = new();

    public List<FleetRow> Fleet { get; } = [];

    public List<PresenceRow> Devices { get; } = [];

    /// <summary>What was done so far. The service's threads go on adding, so a test gets a copy.</summary>
    public IReadOnlyList<string> Acts
    {
        get
        {
            lock (Gate)
                return [.. _acts];
        }
    }

    /// <summary>What the service's half of a check answers.</summary>
    public bool ServiceCheckPasses { get; set; } = true;

    /// <summary>How many lists of cases are still refused as if the service were overwhelmed.</summary>
    public int BusyCaseLists { get; set; }

    /// <summary>Single entries are handed out when this is done: holds a check in its middle.</summary>
    public Task EntriesFlow { get; set; } = Task.CompletedTask;

    /// <summary>What the scrubber found; said with the next version.</summary>
    public uint Findings { get; set; }

    public TaskCompletionSource Changed { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Callers hold the lock.</summary>
    public void Done(string act) => _acts.Add(act);

    public ulong Append(Record record, LeafOrigin origin)
    {
        lock (Gate)
        {
            var index = Book.Append(record, origin);
            var changed = Changed;
            Changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            changed.TrySetResult();
            return index;
        }
    }

    public string AddAlert(string id, string title, AlertSeverity severity, TimeSpan age, AlertKind kind = AlertKind.SuspectedViolation,
        string place = "", string device = "", string description = "", string officer = "", string rule = "manual")
    {
        var at = TimeProvider.System.GetUtcNow() - age; // the console under test runs on the real clock
        lock (Gate)
        {
            Alerts[id] = new AlertDetail
            {
                Row = new AlertRow
                {
                    AlertId = id, Title = title, Severity = severity, Kind = kind, State = AlertState.New, Place = place, SourceDevice = device,
                    Officer = officer, Count = 1, Version = 1, ObservedAt = at.AddSeconds(-2).ToTimestamp(), IngestedAt = at.ToTimestamp(),
                },
                Description = description, Rule = rule, Target = place,
                Position = new Position { Latitude = 29.56301, Longitude = 106.55156, AccuracyM = 8 },
            };
            var index = Append(new Record { AlertOpened = new AlertOpened { AlertId = id, Title = title } }, LeafOrigin.Clerk);
            Alerts[id].Timeline.Add(new TimelineItem { EntryIndex = index, At = at.ToTimestamp(), Kind = "alert_opened", Text = title, Actor = "系统规则 field-alert@1" });
        }
        return id;
    }

    public ulong AddMedia(string path, byte[] content, MediaKind kind, MediaState state, Action<MediaManifest>? adjust = null)
    {
        var digest = MediaHasher.HashAsync(new MemoryStream(content), MediaHashOptions.Default).GetAwaiter().GetResult(); // memory only: completes at once
        var end = TimeProvider.System.GetUtcNow().AddMinutes(-30);
        var manifest = new MediaManifest
        {
            Recorder = "DSJ-K8-000231", Dock = "station-01", Bay = 2, Officer = "000117", OriginalPath = path, NameProfile = "serial-officer-time",
            SizeBytes = (ulong)content.Length, Kind = kind, ChunkBytes = MediaHashOptions.DefaultChunkBytes, ChunkSha256 = digest.ConcatenatedChunkSha256(),
            Container = kind == MediaKind.Photo ? "jpeg" : "mp4", Codec = kind == MediaKind.Video ? "h264/aac" : "", FileNumber = "0042", FirstHash = "agent",
            Capture = new CaptureSpan
            {
                Start = end.AddMinutes(-4).ToTimestamp(), End = end.ToTimestamp(), ClockOffset = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(1840)),
                Uncertainty = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(12)), CollectedAt = end.AddMinutes(12).ToTimestamp(), StartSource = "container",
            },
        };
        if (kind is MediaKind.Video or MediaKind.Audio)
            manifest.Duration = Duration.FromTimeSpan(TimeSpan.FromSeconds(4));
        manifest.Digests.AddRange(digest.All);
        adjust?.Invoke(manifest);
        lock (Gate)
        {
            var index = Append(new Record { MediaManifest = manifest, SourceDevice = manifest.Recorder }, LeafOrigin.Producer);
            var detail = new MediaDetail { Manifest = manifest, ChainIntact = true, Row = RowOf(index, manifest, state) };
            detail.PreviousManifestSha256 = manifest.PreviousManifestSha256;
            Media[index] = detail;
            Files[index] = content;
            AddCustody(detail, CustodyEventKind.RecorderInserted, "仓位 2");
            AddCustody(detail, CustodyEventKind.ClockMeasured, "+1.840 s ± 0.012 s");
            AddCustody(detail, CustodyEventKind.StationCopied, $"{content.Length} B");
            AddCustody(detail, CustodyEventKind.RecorderReleased, "");
            if (state == MediaState.Stored)
                detail.StoredIndex = Append(new Record { MediaStored = new MediaStored { ManifestIndex = index } }, LeafOrigin.Ledger);
            detail.Timeline.Add(new TimelineItem { EntryIndex = index, At = manifest.Capture.CollectedAt, Kind = "media_manifest", Text = path, Actor = "station-01" });
            return index;
        }
    }

    public string AddCase(string number, string title, params (ulong Media, AttachReason Reason, string Explanation)[] evidence)
    {
        var id = number.Replace('/', '-');
        var now = TimeProvider.System.GetUtcNow();
        lock (Gate)
        {
            var index = Append(new Record { CaseOpened = new CaseOpened { CaseId = id, Number = number, Title = title } }, LeafOrigin.Operator);
            var detail = new CaseDetail
            {
                Row = new CaseRow { CaseId = id, Number = number, Title = title, Place = "嘉陵江磁器口段", OpenedAt = now.ToTimestamp(), LifecycleVersion = 1, Domain = "river" },
                WindowStart = now.AddHours(-2).ToTimestamp(), WindowEnd = now.ToTimestamp(),
            };
            detail.Officers.Add("000117");
            detail.Timeline.Add(new TimelineItem { EntryIndex = index, At = now.ToTimestamp(), Kind = "case_opened", Text = number, Actor = "周敏" });
            Cases[id] = detail;
            foreach (var (media, reason, explanation) in evidence)
                Attach(detail, media, reason, explanation, "系统规则 attach@1");
        }
        return id;
    }

    public void Attach(CaseDetail detail, ulong media, AttachReason reason, string explanation, string actor)
    {
        var index = Append(new Record { MediaAttached = new MediaAttached { CaseId = detail.Row.CaseId, ManifestIndex = media } }, LeafOrigin.Clerk);
        Media[media].Row.CaseIds.Add(detail.Row.CaseId);
        detail.Evidence.Add(new EvidenceRow
        {
            Media = Media[media].Row, Reason = reason, Explanation = explanation, AttachedAt = TimeProvider.System.GetUtcNow().ToTimestamp(),
        });
        detail.Timeline.Add(new TimelineItem { EntryIndex = index, At = TimeProvider.System.GetUtcNow().ToTimestamp(), Kind = "media_attached", Text = explanation, Actor = actor });
        detail.Row.EvidenceVersion++;
        Recount(detail);
    }

    public static void Recount(CaseDetail detail)
    {
        detail.Row.EvidenceCount = (uint)detail.Evidence.Count;
        detail.Row.VerifiedCount = (uint)detail.Evidence.Count(row => row.Media.State == MediaState.Stored);
    }

    public void Dispose() => Book.Dispose();

    private void AddCustody(MediaDetail detail, CustodyEventKind kind, string text)
    {
        var index = Append(new Record { CustodyEvent = new CustodyEvent { Kind = kind, Recorder = detail.Manifest.Recorder } }, LeafOrigin.Producer);
        detail.Custody.Add(new CustodyRow { EntryIndex = index, At = detail.Manifest.Capture.CollectedAt, Kind = kind, Text = text });
    }

    private static MediaRow RowOf(ulong index, MediaManifest manifest, MediaState state) => new()
    {
        ManifestIndex = index, Recorder = manifest.Recorder, Producer = "station-01", Officer = manifest.Officer, CaseNumber = manifest.CaseNumber,
        OriginalPath = manifest.OriginalPath, Kind = manifest.Kind, SizeBytes = manifest.SizeBytes, Duration = manifest.Duration,
        CaptureStart = manifest.Capture.Start, IngestedAt = manifest.Capture.CollectedAt, State = state, Sha256 = manifest.Digests[0].Value,
        Important = manifest.Important, ClockImplausible = manifest.Capture.ClockImplausible, ReleasedBeforeAnchor = manifest.ReleasedBeforeAnchor,
        Container = manifest.Container, Codec = manifest.Codec,
    };
}
