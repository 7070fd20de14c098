using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// Reads everything a station's disk holds and names what is not as it was written: key, state files, every record of the spool with its
/// signature, the answers to them, what was refused, the station's copies. Changes nothing; may run beside an agent, which is only ahead
/// of it.
internal sealed class StationCheck(IFileSystem files, AgentPaths paths, Action<StationFinding> found, Action<string> note)
{
    private readonly Dictionary<Sha256Hash, (RecordKey Key, Sha256Hash Content)> _manifests = [];
    private readonly HashSet<Sha256Hash> _copied = [];
    private readonly HashSet<Sha256Hash> _handedOver = [];
    private readonly Dictionary<(uint Epoch, RecordClass Class), ulong> _answered = [];
    private byte[] _publicKey = [];

    public int RecordCount { get; private set; }

    public int AnswerCount { get; private set; }

    public int CopyCount { get; private set; }

    public void Run()
    {
        Key();
        State<EpochState>(paths.EpochState);
        State<LedgerPin>(paths.LedgerState);
        Log(paths.Receipts, Answer);
        foreach (var epoch in paths.Epochs(files))
            foreach (var recordClass in (RecordClass[])[RecordClass.P0, RecordClass.P1, RecordClass.P2])
                Log(paths.ClassDirectory(epoch, recordClass), record => Record(new RecordKey(epoch, recordClass, record.Index.Value + 1), record),
                    _answered.GetValueOrDefault((epoch, recordClass)));
        Log(paths.SeenFiles, record => Body(record, ""));
        foreach (var name in files.EnumerateFiles(paths.Quarantine))
            Guard(Path.Combine(paths.Quarantine, name), () => Quarantined(name));
        Copies();
    }

    private void Key() => Guard(paths.SigningKey, () =>
    {
        if (AtomicFile.Read(files, paths.SigningKey) is not { } pem)
            throw new InvalidDataException("there is no key");
        using var key = SigningKey.FromPem(Encoding.ASCII.GetString(pem));
        _publicKey = key.Spki;
        if (!Encoding.ASCII.GetBytes(key.ToPem()).AsSpan().SequenceEqual(pem))
            found(new StationFinding(paths.SigningKey, null, null, "the key can be read, but its text is not as it was written"));
    });

    private void State<T>(string path) => Guard(path, () =>
    {
        if (SealedFile.Read(files, path) is { } bytes)
            JsonSerializer.Deserialize<T>(bytes);
        else if (path == paths.EpochState && files.Exists(paths.SigningKey))
            throw new InvalidDataException("it is missing: the numbering of this station's records is lost");
    });

    /// <param name="directory">A segment log; none is no difference: an agent that never wrote to it.</param>
    /// <param name="check">Called for each record that can be read.</param>
    /// <param name="answeredTo">Records below were answered, so they were durable.</param>
    private void Log(string directory, Action<StoredRecord> check, ulong answeredTo = 0)
    {
        if (files.EnumerateFiles(directory).Count == 0 && answeredTo == 0)
            return;
        Guard(directory, () =>
        {
            using var reader = SegmentReader.OpenReadOnly(files, directory);
            if (reader.TornTail is { } torn && torn.FirstLost.Value < answeredTo)
                found(new StationFinding(PathIn(directory, torn.File), torn.Offset.Value, $"{torn.FirstLost}", $"{torn.Reason}, but the ledger answered records up to {answeredTo}"));
            else if (reader.TornTail is { } tail)
                note(FormattableString.Invariant($"{PathIn(directory, tail.File)} offset {tail.Offset} record {tail.FirstLost}: {tail.Bytes} bytes after the last whole batch ({tail.Reason}); the next start cuts them"));
            if (reader.TornTail is null && reader.DurableEnd.Value < answeredTo)
                found(new StationFinding(directory, null, $"{reader.DurableEnd}", $"the log ends here, but the ledger answered records up to {answeredTo}"));
            var starts = reader.SegmentStarts;
            for (var i = 0; i < starts.Count; i++)
            {
                var (first, next) = (starts[i].Value, i + 1 < starts.Count ? starts[i + 1].Value : reader.DurableEnd.Value);
                Guard(directory, () =>
                {
                    if (first < next)
                        foreach (var record in reader.ReadFrom(new RecordIndex(first), checked((int)(next - first))))
                            check(record with { File = PathIn(directory, record.File) });
                });
            }
        });
    }

    private void Record(RecordKey key, StoredRecord record)
    {
        RecordCount++;
        if (!Body(record, key.ToString()))
            return;
        var head = SpoolHead.Parse(record.Head.Span);
        if (!EnvelopeReader.TryRead(record.Body, out var opened) || opened.Identity is not { } identity)
            Different(record, key.ToString(), $"the envelope cannot be read: {opened.Fault}");
        else if (new RecordKey(identity.Epoch, identity.RecordClass, identity.Sequence) != key || new RecordKey(head.Epoch, head.Class, head.Sequence) != key)
            Different(record, key.ToString(), "it is another record than the one that belongs here");
        else if (_publicKey.Length > 0 && !EnvelopeVerifier.Verify(opened, _publicKey))
            Different(record, key.ToString(), "the signature is not this station's");
        else if (key.Class == RecordClass.P0 && opened.Record is { } content)
            Note(key, content, opened.PayloadHash);
    }

    private void Note(RecordKey key, Record content, Sha256Hash payload)
    {
        if (content.MediaManifest is { } manifest
            && manifest.Digests.FirstOrDefault(d => d.Algorithm == DigestAlgorithms.Sha256) is { } digest && Sha256Hash.TryFromBytes(digest.Value.Span, out var sha256))
            _manifests[payload] = (key, sha256);
        else if (content.CustodyEvent is { } custody && Sha256Hash.TryFromBytes(custody.ManifestSha256.Span, out var about))
        {
            if (custody.Kind == CustodyEventKind.StationCopied)
                _copied.Add(about);
            else if (custody.Kind is CustodyEventKind.CentreStored or CustodyEventKind.StationCopyRemoved)
                _handedOver.Add(about);
        }
    }

    private void Answer(StoredRecord record)
    {
        AnswerCount++;
        if (!Body(record, record.Index.ToString() ?? ""))
            return;
        if (!ReceiptFormat.TryParseAnswer(record, out var kind, out var key))
            Different(record, $"{record.Index}", "it is no answer that was ever stored");
        else if (kind is ReceiptKind.Record or ReceiptKind.Aside or ReceiptKind.Refusal)
            _answered[(key.Epoch, key.Class)] = Math.Max(_answered.GetValueOrDefault((key.Epoch, key.Class)), key.Sequence);
    }

    private void Quarantined(string name)
    {
        var path = Path.Combine(paths.Quarantine, name);
        if (AtomicFile.Read(files, path) is not { } bytes)
            return;
        // An envelope is refused for what it says, not for its signature: the station signed it and can say whether it is whole.
        if (!EnvelopeReader.TryRead(bytes, out var opened) || (_publicKey.Length > 0 && !EnvelopeVerifier.Verify(opened, _publicKey)))
            throw new InvalidDataException("the refused record is not what this station signed");
    }

    private void Copies()
    {
        for (var first = 0; first <= byte.MaxValue; first++)
        {
            var directory = Path.Combine(paths.StationStore, first.ToString("x2", CultureInfo.InvariantCulture));
            foreach (var name in files.EnumerateFiles(directory))
                Guard(Path.Combine(directory, name), () => Copy(Path.Combine(directory, name), name));
        }
        foreach (var (payload, (key, content)) in _manifests)
        {
            var path = Path.Combine(paths.StationStore, content.ToString()[..2], content.ToString());
            if (_copied.Contains(payload) && !_handedOver.Contains(payload) && !files.Exists(path))
                found(new StationFinding(path, null, key.ToString(), "the copy is missing, and the centre has not confirmed the file"));
        }
    }

    private void Copy(string path, string name)
    {
        CopyCount++;
        using var file = files.OpenExisting(path, FileAccess.Read);
        using var hasher = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[1 << 20];
        long offset = 0;
        for (int read; (read = file.Read(piece, offset)) > 0; offset += read)
            hasher.AppendData(piece, 0, read);
        var hash = Sha256Hash.FromBytes(hasher.GetHashAndReset());
        if (hash.ToString() != name)
            throw new InvalidDataException($"the copy has SHA-256 {hash}");
    }

    private bool Body(StoredRecord record, string name)
    {
        if (record.BodyState == BodyState.Intact)
            return true;
        Different(record, name.Length > 0 ? name : $"{record.Index}", "the record's bytes do not match their checksum");
        return false;
    }

    private void Different(StoredRecord record, string name, string what) => found(new StationFinding(record.File, record.Offset.Value, name, what));

    private static string PathIn(string directory, string file) => Path.Combine(directory, Path.GetFileName(file));

    private void Guard(string path, Action check)
    {
        try
        {
            check();
        }
        catch (SegmentDamageException e)
        {
            found(new StationFinding(PathIn(path, e.File), e.Offset.Value, $"{e.Record}", e.Reason));
        }
        catch (Exception e) when (e is IOException or InvalidDataException or JsonException or CryptographicException or UnauthorizedAccessException)
        {
            found(new StationFinding(path, null, null, e.InnerException is null ? e.Message : $"{e.Message} {e.InnerException.Message}"));
        }
    }
}
