using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Projections.Alerts;
using EdgeEnforcement.IngestService.Projections.CaseBoard;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Doubles;

/// <summary>Records as the field and the desk send them, with the fewest words.</summary>
internal static class Story
{
    public static readonly Actor Operator = new() { Id = "010", Name = "王五", Unit = "执法支队" };

    public static Timestamp At(string time) => Timestamp.FromDateTimeOffset(DateTimeOffset.Parse(time));

    public static Record FieldAlert(
        this Record record, string episode, EpisodePhase phase = EpisodePhase.Opened, AlertKind kind = AlertKind.SuspectedViolation)
    {
        record.SourceDevice = "sensor-1";
        record.FieldAlert = new FieldAlert
        {
            EpisodeId = episode,
            Phase = phase,
            Kind = kind,
            Severity = AlertSeverity.Warning,
            Rule = "manual",
            RuleVersion = "1",
            Target = "嘉陵江 K12",
            Title = "疑似非法采砂",
            Place = "嘉陵江",
            Officer = "000001",
            ObservedAt = At("2026-11-21T14:10:00+08:00"),
            EpisodeStart = At("2026-11-21T14:00:00+08:00"),
            Count = 1,
        };
        return record;
    }

    public static MediaManifest Manifest(
        this Record record, string path, string officer = "", string start = "2026-11-21T14:00:00+08:00", int seconds = 600)
    {
        record.SourceDevice = "A1B2C3";
        Timestamp begin = At(start);
        record.MediaManifest = new MediaManifest
        {
            Recorder = "A1B2C3",
            Dock = "dock-1",
            Officer = officer,
            OriginalPath = path,
            SizeBytes = 5,
            Kind = MediaKind.Video,
            Container = "mp4",
            Duration = Duration.FromTimeSpan(TimeSpan.FromSeconds(seconds)),
            Capture = new CaptureSpan
            {
                Start = begin, End = begin + Duration.FromTimeSpan(TimeSpan.FromSeconds(seconds)), StartSource = "container",
            },
            ChunkBytes = 4_194_304,
            Digests = { new Digest { Algorithm = "sha-256", Value = ByteString.CopyFrom(Sha256Hash.Of("hello"u8).ToArray()) } },
            ChunkSha256 = ByteString.CopyFrom(Sha256Hash.Of("hello"u8).ToArray()),
        };
        return record.MediaManifest;
    }

    public static Record Opened(string alertId, ulong cause = 0) => new()
    {
        Preconditions = { new StreamPrecondition { Stream = AlertStream.Of(alertId) } },
        AlertOpened = new AlertOpened
        {
            AlertId = alertId, Cause = new Cause { EntryIndex = cause, Rule = "系统规则 alert-opening@1" },
            Kind = AlertKind.SuspectedViolation, Severity = AlertSeverity.Warning, Title = "疑似非法采砂",
        },
    };

    public static Record OnAlert(string alertId, ulong version, Action<Record> fill)
    {
        Record record = new() { Preconditions = { new StreamPrecondition { Stream = AlertStream.Of(alertId), ExpectedVersion = version } } };
        fill(record);
        return record;
    }

    public static Record Case(
        string number, string[]? officers = null, string start = "2026-11-21T14:00:00+08:00", string end = "2026-11-21T16:00:00+08:00",
        Position? position = null, double radius = 0, string leadId = "")
    {
        Record record = new()
        {
            Preconditions = { new StreamPrecondition { Stream = CaseStream.Lifecycle(number) } },
            CaseOpened = new CaseOpened
            {
                CaseId = number, Number = number, Title = "采砂案", WindowStart = At(start), WindowEnd = At(end), RadiusM = radius,
                Position = position, Actor = Operator, LeadId = leadId, Domain = "river",
            },
        };
        record.CaseOpened.Officers.AddRange(officers ?? []);
        return record;
    }

    public static Record Detach(string caseId, ulong manifest, ulong version) => new()
    {
        Preconditions = { new StreamPrecondition { Stream = CaseStream.Evidence(caseId), ExpectedVersion = version } },
        MediaDetached = new MediaDetached { CaseId = caseId, ManifestIndex = manifest, Actor = Operator, Reason = "不属于本案" },
    };

    public static Record Attach(string caseId, ulong manifest, ulong version) => new()
    {
        Preconditions = { new StreamPrecondition { Stream = CaseStream.Evidence(caseId), ExpectedVersion = version } },
        MediaAttached = new MediaAttached
        {
            CaseId = caseId, ManifestIndex = manifest, Reason = AttachReason.Operator, Explanation = "现场录像", Actor = Operator,
        },
    };
}
