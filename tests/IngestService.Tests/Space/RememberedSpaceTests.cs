using EdgeEnforcement.IngestService.Space;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.IngestService.Tests.Space;

public sealed class RememberedSpaceTests
{
    private const string File = "/data/space";

    private readonly ShadowFileSystem _disk = new();

    public RememberedSpaceTests() => _disk.CreateDirectory("/data");

    [Fact]
    public void Read_AfterWrite_GivesWhatWasWrittenLast()
    {
        var memory = new RememberedSpace(_disk, File);
        Assert.Null(memory.Read());

        memory.Write(3_000_000_000, 0);
        memory.Write(4_000_000_000, 17);

        Assert.Equal((4_000_000_000, 17), memory.Read());
    }

    [Fact]
    public void Read_WithAnyByteOtherOrMissing_KnowsNothing()
    {
        var memory = new RememberedSpace(_disk, File);
        memory.Write(123, 456);
        var sound = _disk.ReadAllBytes(File);

        for (var at = 0; at < sound.Length; at++)
        {
            var flipped = sound.ToArray();
            flipped[at] ^= 1;
            _disk.Place(File, flipped);
            Assert.Null(memory.Read());
            _disk.Place(File, sound.AsSpan(0, at));
            Assert.Null(memory.Read());
        }
    }
}
