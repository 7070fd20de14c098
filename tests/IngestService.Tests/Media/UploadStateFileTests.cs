using EdgeEnforcement.IngestService.Media;
using EdgeEnforcement.IngestService.Tests.Explorer;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.IngestService.Tests.Media;

public sealed class UploadStateFileTests
{
    private const string Path = "/media/incoming/0/state";
    private const int SlotBytes = 4096;
    private const int UsedBytes = 72 + 1 + sizeof(uint);

    [Fact]
    public void A_slot_with_any_byte_changed_counts_no_chunk_and_the_other_one_is_read()
    {
        var disk = new ShadowFileSystem();
        disk.CreateDirectory("/media/incoming/0");
        var manifest = UploadSubject.Manifest(index: 0, UploadSubject.TwoChunks, lies: false);
        var state = new UploadState(UploadStage.Receiving, 1, manifest.Content, 0, new ChunkBitmap(manifest.ChunkCount));
        UploadStateFile.Create(disk, Path, state);
        var counted = state.Chunks.Copy();
        counted.Add(0);
        UploadStateFile.Write(disk, Path, state with { Generation = 2, Chunks = counted }, counter: 1);
        var whole = disk.ReadAllBytes(Path);
        Assert.Equal(1UL, UploadStateFile.Read(disk, Path, manifest)!.Value.Counter);

        for (var at = 0; at < UsedBytes; at++)
            for (var bit = 0; bit < 8; bit++)
            {
                var bytes = (byte[])whole.Clone();
                bytes[SlotBytes + at] ^= (byte)(1 << bit);
                disk.Place(Path, bytes);

                var read = UploadStateFile.Read(disk, Path, manifest)!.Value;
                Assert.Equal((0UL, 1UL, false), (read.Counter, read.State.Generation, read.State.Chunks.Contains(0) || read.State.Chunks.Contains(1)));
                Assert.Equal(SlotBytes, UploadStateFile.DamagedSlot(disk, Path, manifest));
            }
    }
}
