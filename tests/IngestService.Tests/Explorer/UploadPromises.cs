using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Media;
using EdgeEnforcement.Testing;
using Record = EdgeEnforcement.Contracts.V1.Record;
using static EdgeEnforcement.Testing.Exploration.BrokenPromiseException;

namespace EdgeEnforcement.IngestService.Tests.Explorer;

/// <summary>What must hold of the media store after every action. "Durable" is what a power cut that keeps nothing else would leave.</summary>
internal static class UploadPromises
{
    public static readonly MediaPaths Paths = new("/media");

    public static void Check(ShadowFileSystem seen, FactLedger ledger, IReadOnlyList<UploadWriter> writers, bool manifestLies)
    {
        var durable = seen.DurableCopy();
        foreach (var writer in writers)
        {
            Objects(seen, writer.Manifest);
            Objects(durable, writer.Manifest);
            Facts(durable, ledger, writer, manifestLies);
            foreach (var chunk in writer.Acknowledged)
                Unless(IsSafe(durable, writer.Manifest, chunk), $"chunk {chunk} was acknowledged to {writer.Name} and is not durable");
            Generation(durable, writer);
        }
        Quarantined(durable, ledger);
        Quarantine(seen, ledger);
        Quarantine(durable, ledger);
    }

    private static void Objects(ShadowFileSystem disk, ManifestFacts manifest)
    {
        var directory = Paths.ObjectDirectory(manifest.Content);
        foreach (var name in disk.EnumerateFiles(directory))
            Unless(Sha256Hash.Of(disk.ReadAllBytes(Path.Combine(directory, name))).ToString() == name, $"object {name} is not what its name says");
    }

    private static void Facts(ShadowFileSystem durable, FactLedger ledger, UploadWriter writer, bool manifestLies)
    {
        var index = writer.Manifest.Index;
        var stored = ledger.Facts(Record.BodyOneofCase.MediaStored).Where(f => f.Fact.MediaStored.ManifestIndex == index).ToList();
        Unless(stored.Count <= 1, $"manifest {index} is stored {stored.Count} times in the ledger");
        Unless(stored.Count == 0 || durable.Exists(Paths.Object(writer.Manifest.Content)), $"manifest {index} is stored in the ledger, its object is not durable");
        Unless(writer.Receipts.Count <= 1, $"{writer.Name} was given {writer.Receipts.Count} receipts for one file");
        Unless(writer.Receipts.All(r => r == stored.SingleOrDefault().Index), $"the receipt of {writer.Name} is not for the entry that says stored");
        if (manifestLies)
            Unless(stored.Count == 0 && !durable.Exists(Paths.Object(writer.Manifest.Content)), $"manifest {index} lies and its file was stored");
        else
            Unless(!ledger.Facts(Record.BodyOneofCase.MediaQuarantined).Any(), "an honest file was quarantined");
    }

    private static bool IsSafe(ShadowFileSystem durable, ManifestFacts manifest, uint chunk)
    {
        if (durable.Exists(Paths.Object(manifest.Content)))
            return true;
        if (!durable.Exists(Paths.Data(manifest.Index)) || UploadStateFile.Read(durable, Paths.State(manifest.Index), manifest) is not { } read)
            return false;
        var data = durable.ReadAllBytes(Paths.Data(manifest.Index)).AsSpan();
        var start = (int)manifest.ChunkOffset(chunk);
        var length = manifest.ChunkLength(chunk);
        return read.State.Chunks.Contains(chunk) && data.Length >= start + length
            && data.Slice(start, length).SequenceEqual(UploadSubject.Chunk(manifest, chunk));
    }

    // Who was told a generation fences all before it, also after a restart.
    private static void Generation(ShadowFileSystem durable, UploadWriter writer)
    {
        if (writer.Generation == 0)
            return;
        var read = UploadStateFile.Read(durable, Paths.State(writer.Manifest.Index), writer.Manifest);
        Unless(read is not null && read.Value.State.Generation >= writer.Generation,
            $"{writer.Name} was told generation {writer.Generation}, durable is {read?.State.Generation.ToString() ?? "none"}");
    }

    // What differs is evidence too: it lies in quarantine, or still where it was received.
    private static void Quarantined(ShadowFileSystem durable, FactLedger ledger)
    {
        foreach (var (index, fact) in ledger.Facts(Record.BodyOneofCase.MediaQuarantined))
        {
            var received = Paths.Data(fact.MediaQuarantined.ManifestIndex);
            Unless(durable.Exists(Path.Combine(Paths.QuarantineDirectory, fact.MediaQuarantined.QuarantineName))
                || (durable.Exists(received) && UploadSubject.IsContent(durable.ReadAllBytes(received))),
                $"entry {index} says that a file is in quarantine; it is not durable there or anywhere");
        }
    }

    private static void Quarantine(ShadowFileSystem disk, FactLedger ledger)
    {
        foreach (var name in disk.EnumerateFiles(Paths.QuarantineDirectory))
            Unless(ledger.Facts(Record.BodyOneofCase.MediaQuarantined).Any(f => f.Fact.MediaQuarantined.QuarantineName == name),
                $"{name} lies in quarantine and the ledger does not know of it");
    }
}
