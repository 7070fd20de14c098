using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Media;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.Testing;
using EdgeEnforcement.Testing.Exploration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Record = EdgeEnforcement.Contracts.V1.Record;
using static EdgeEnforcement.Testing.Exploration.BrokenPromiseException;

namespace EdgeEnforcement.IngestService.Tests.Explorer;

/// <summary>
/// The upload protocol over the real media store on a shadow disk: writers begin (and fence each other), write right and wrong bytes,
/// are acknowledged, finish; the fact may be lost or its answer; the process may be killed and the power cut between any two actions and
/// inside any of them.
/// </summary>
internal sealed class UploadWorld : IWorld
{
    private readonly UploadWorldOptions _options;
    private readonly List<UploadWriter> _writers;
    private ShadowFileSystem _disk = new();
    private FactLedger _ledger = new();
    private MediaStore? _store;
    private bool _stopped;
    private bool _remembers;
    private int _calls;

    public UploadWorld(UploadWorldOptions options)
    {
        _options = options;
        _writers = [.. options.Writers.Select(w => new UploadWriter(w.Key, UploadSubject.Manifest(w.Value, options.ChunkBytes, options.ManifestLies)))];
    }

    private MediaStore Store => _store ?? throw new InvalidOperationException("The service is down.");

    public IReadOnlyList<string> Actions()
    {
        if (_store is null)
            return ["open"];
        var crashes = _options.Crashes.Where((_, i) => i == 0 || _disk.HasUnsynced).Select(c => $"crash {c}");
        // A ledger that stopped takes the process with it.
        return _stopped ? [.. crashes] : [.. _writers.SelectMany(ActionsOf), .. crashes];
    }

    private static IEnumerable<string> ActionsOf(UploadWriter writer)
    {
        yield return $"begin {writer.Name}";
        if (writer.Session is not null)
        {
            for (uint chunk = 0; chunk < writer.Manifest.ChunkCount; chunk++)
                if (!writer.Written.Contains(chunk))
                    yield return $"write {writer.Name} {chunk}";
            if (writer.Written.Count > 0)
                yield return $"commit {writer.Name}";
        }
        if (writer.Generation == 0)
            yield break;
        yield return $"finish {writer.Name}";
        yield return $"finish {writer.Name} lost";
        yield return $"finish {writer.Name} unanswered";
    }

    public IReadOnlyList<string> Variants(string action) => !IsCut(action)
        ? []
        : [.. from call in Enumerable.Range(1, Math.Max(0, _calls - 1))
              from crash in _options.CutCrashes
              select $"cut {call.ToString(CultureInfo.InvariantCulture)} {crash} {action}"];

    private static bool IsCut(string action) =>
        action.StartsWith("begin", StringComparison.Ordinal) || action.StartsWith("commit", StringComparison.Ordinal)
        || (action.StartsWith("finish", StringComparison.Ordinal) && action.Split(' ').Length == 2);

    public void Apply(string action)
    {
        var words = action.Split(' ');
        var before = _disk.CallCount;
        if (words[0] == "cut")
            Cut(int.Parse(words[1], CultureInfo.InvariantCulture), words[2], words[3..]);
        else if (words[0] == "crash")
            Crash(words[1]);
        else
            Do(words);
        _calls = _disk.CallCount - before;
    }

    private void Do(string[] words)
    {
        if (words[0] == "open")
        {
            Open();
            return;
        }
        var writer = _writers.Single(w => w.Name == words[1]);
        switch (words[0])
        {
            case "begin":
                Begin(writer);
                break;
            case "write":
                Write(writer, uint.Parse(words[2], CultureInfo.InvariantCulture));
                break;
            case "commit":
                Commit(writer);
                break;
            case "finish":
                Finish(writer, words.Length == 2 ? FactLedger.Fate.Kept : Enum.Parse<FactLedger.Fate>(words[2], ignoreCase: true));
                break;
            default:
                throw new ArgumentException($"There is no action '{string.Join(' ', words)}'.", nameof(words));
        }
    }

    private void Open()
    {
        var options = Options.Create(new MediaOptions { Directory = UploadPromises.Paths.Root, ReserveBytes = 0 });
        _store = new MediaStore(_options.Disk?.Invoke(_disk) ?? _disk, _ledger, _ledger, options, NullLogger<MediaFinisher>.Instance);
        _store.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    private void Begin(UploadWriter writer)
    {
        writer.LoseStream();
        var begun = Store.Begin(writer.Manifest);
        _remembers = true;
        if (begun.Stage == UploadStage.Stored)
            return;
        Unless(_writers.Where(w => w.Manifest == writer.Manifest).All(w => w.Generation < begun.Generation), $"generation {begun.Generation} was given twice");
        writer.Generation = begun.Generation;
        Unless(Store.OpenSession(writer.Manifest, begun.Generation - 1) is null, "a generation that was taken over may open a stream");
        if (_options.ManifestLies)
            // What was quarantined is asked for again; nothing may be finished without it.
            foreach (var rival in _writers.Where(w => w.Manifest.Index == writer.Manifest.Index))
                rival.Acknowledged.IntersectWith(Enumerable.Range(0, writer.Manifest.ChunkCount).Select(c => (uint)c).Where(begun.Chunks.Contains));
        if (!Store.HasObject(writer.Manifest))
            writer.Session = Store.OpenSession(writer.Manifest, begun.Generation);
    }

    private bool IsFenced(UploadWriter writer) =>
        _writers.Any(w => w.Manifest.Index == writer.Manifest.Index && w.Generation > writer.Generation);

    private void Write(UploadWriter writer, uint chunk)
    {
        var session = writer.Session ?? throw new InvalidOperationException("There is no stream.");
        var before = DiskImage();
        Unless(session.Accept(chunk, UploadSubject.WrongChunk(writer.Manifest, chunk)) is not null, "wrong bytes were taken");
        Unless(DiskImage().SequenceEqual(before), "wrong bytes were written");
        var refusal = session.Accept(chunk, UploadSubject.Chunk(writer.Manifest, chunk));
        if (IsFenced(writer))
        {
            Unless(refusal?.Code == RefusalCode.Fenced, $"{writer.Name} is fenced and may still write");
            Unless(DiskImage().SequenceEqual(before), $"{writer.Name} is fenced and its bytes were written");
            writer.LoseStream();
            return;
        }
        Unless(refusal is null, $"right bytes were refused: {refusal?.Code}");
        writer.Written.Add(chunk);
    }

    private byte[] DiskImage()
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream))
            _disk.Describe(writer, static bytes => bytes);
        return stream.ToArray();
    }

    private void Commit(UploadWriter writer)
    {
        var (durable, refusal) = writer.Session!.Commit(); // only offered with a stream
        _remembers = true;
        if (IsFenced(writer))
            Unless(refusal?.Code == RefusalCode.Fenced && durable.Count == 0, $"{writer.Name} is fenced and its chunks were counted");
        if (refusal is null)
        {
            writer.Acknowledged.UnionWith(durable);
            writer.Written.Clear();
        }
        else
        {
            writer.LoseStream();
        }
    }

    private void Finish(UploadWriter writer, FactLedger.Fate fate)
    {
        var before = _ledger.DurableSize;
        _ledger.Next = fate;
        try
        {
            var outcome = Store.FinishAsync(writer.Manifest, writer.Generation, CancellationToken.None).GetAwaiter().GetResult();
            if (outcome.Stored is { } stored)
                writer.Receipts.Add(stored.Receipt.Index.Value);
            else if (outcome.Refusal!.Code == RefusalCode.FileMismatch) // an outcome is exactly one of the two
                foreach (var rival in _writers.Where(w => w.Manifest.Index == writer.Manifest.Index))
                    rival.Acknowledged.Clear();
            Unless(outcome.Stored is not null || outcome.Refusal!.Code is RefusalCode.FileMismatch or RefusalCode.Fenced or RefusalCode.ChunksMissing,
                $"{writer.Name} was refused: {outcome.Refusal?.Code}");
            Unless(outcome.Stored is not null || _ledger.DurableSize == before || _options.ManifestLies, "a refused file left a fact");
        }
        catch (LedgerFatalException) when (fate != FactLedger.Fate.Kept)
        {
            _stopped = true;
        }
        _ledger.Next = FactLedger.Fate.Kept;
        _remembers = false;
    }

    private void Cut(int call, string crash, string[] words)
    {
        _disk.FailAt(call, ShadowFault.PowerOffAfterEffect);
        try
        {
            Do(words);
        }
        catch (Exception) when (_disk.FaultReached)
        {
            // Whatever the code makes of it: the process is gone.
        }
        Unless(_disk.FaultReached, $"there is no call {call} in '{string.Join(' ', words)}'");
        Crash(crash);
    }

    private void Crash(string how)
    {
        if (how == "kill")
        {
            _disk.RestartProcess();
        }
        else
        {
            var parts = how.Split(':');
            var seed = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
            _disk.Crash(Enum.Parse<CrashMode>(parts[0], ignoreCase: true), seed);
            // All is durable now; a copy in a fixed order makes the next seed mean the same wherever a path is taken up again.
            _disk = _disk.DurableCopy();
        }
        _store = null;
        (_stopped, _remembers) = (false, false);
        // A move to quarantine that was cut may have come through: its chunks are asked for again, which Begin tells.
        foreach (var writer in _writers)
        {
            writer.LoseStream();
            if (_options.ManifestLies && _ledger.Facts(Record.BodyOneofCase.MediaQuarantined).Any())
                writer.Acknowledged.Clear();
        }
    }

    public IWorld? Fork()
    {
        if (_store is not null || _disk.HasUnsynced)
            return null;
        var copy = new UploadWorld(_options) { _disk = _disk.DurableCopy(), _ledger = _ledger.Copy() };
        foreach (var (mine, other) in _writers.Zip(copy._writers))
            other.TakeFrom(mine);
        return copy;
    }

    public void Check() => UploadPromises.Check(_disk, _ledger, _writers, _options.ManifestLies);

    public void Describe(BinaryWriter into)
    {
        _disk.Describe(into, static bytes => bytes);
        into.Write(_store is not null);
        into.Write(_stopped);
        into.Write(_remembers);
        into.Write(_ledger.DurableSize);
        foreach (var writer in _writers)
            writer.Describe(into);
    }

    public void Settle()
    {
        if (_stopped)
            Apply("crash drop");
        foreach (var writer in _writers)
        {
            Upload(writer);
            Apply("crash drop");
            Upload(writer);
        }
        foreach (var writer in _writers)
        {
            if (_options.ManifestLies)
                Unless(UploadSubject.IsContent(_disk.ReadAllBytes(UploadPromises.Paths.Quarantine(writer.Manifest.Index, UploadSubject.Hash))),
                    "the file that differs is not in quarantine");
            else
                Unless(writer.Receipts.Count == 1, $"{writer.Name} has no receipt at the end");
        }
    }

    private void Upload(UploadWriter writer)
    {
        if (_store is null)
            Apply("open");
        Apply($"begin {writer.Name}");
        Check();
        for (uint chunk = 0; chunk < writer.Manifest.ChunkCount && writer.Session is not null; chunk++)
            Apply($"write {writer.Name} {chunk}");
        if (writer.Session is not null)
            Apply($"commit {writer.Name}");
        Check();
        Apply($"finish {writer.Name}");
        Check();
    }
}
