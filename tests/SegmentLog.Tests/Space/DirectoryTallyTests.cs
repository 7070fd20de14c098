using EdgeEnforcement.SegmentLog.Space;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.SegmentLog.Tests.Space;

public sealed class DirectoryTallyTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("tally-").FullName;

    [Fact]
    public void Recall_StandsForOneQuestion_ThenTheDirectoryIsWalked()
    {
        Directory.CreateDirectory(Path.Combine(_directory, "below"));
        File.WriteAllBytes(Path.Combine(_directory, "a"), new byte[10]);
        File.WriteAllBytes(Path.Combine(_directory, "below", "b"), new byte[7]);
        var tally = new DirectoryTally(_directory, new FakeTimeProvider(DateTimeOffset.UnixEpoch));

        tally.Recall(1234);

        Assert.Equal(1234, tally.Bytes());
        Assert.Equal(17, tally.Bytes());
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
