using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Checkpoints;
using EdgeEnforcement.IngestService.Ledger.Verify;
using EdgeEnforcement.SegmentLog;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeEnforcement.IngestService.Tests.Ledger;

/// <summary>A key file in which a bit flipped signs nothing: the start refuses it, verify names it.</summary>
public sealed class KeyDamageTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("ee-key-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Every_byte_of_the_key_file()
    {
        var paths = new LedgerPaths(_data);
        using var key = CheckpointKeyFile.LoadOrCreate(new PhysicalFileSystem(), paths, out _);
        var shadow = new LedgerFixture().Setting;
        await using (var core = LedgerCore.Open(new LedgerSetting
        {
            Files = new PhysicalFileSystem(), Paths = paths, Options = shadow.Options, Signer = new NoteSigner(shadow.Options.Origin, key), Time = shadow.Time,
            Metrics = shadow.Metrics, Log = NullLogger.Instance, NewLogId = shadow.NewLogId,
        }))
        {
            await core.StartAsync(TestContext.Current.CancellationToken);
            await core.ReceiptAsync(LedgerFixture.Request(1));
        }
        Assert.Equal(ExitCode.Ok, Verify(paths, out _));
        var whole = await File.ReadAllBytesAsync(paths.CheckpointKey, TestContext.Current.CancellationToken);

        var taken = 0;
        for (var at = 0; at < whole.Length; at++)
        {
            var bytes = (byte[])whole.Clone();
            bytes[at] ^= 1;
            await File.WriteAllBytesAsync(paths.CheckpointKey, bytes, TestContext.Current.CancellationToken);
            try
            {
                using var read = CheckpointKeyFile.LoadOrCreate(new PhysicalFileSystem(), paths, out var created);
                Assert.False(created);
                Assert.Equal(key.Spki, read.Spki); // noise around the key, not in it
                taken++;
            }
            catch (LedgerFatalException e)
            {
                Assert.Contains(paths.CheckpointKey, e.Message, StringComparison.Ordinal);
            }
            Assert.Equal(ExitCode.Failed, Verify(paths, out var output));
            Assert.Contains("DIFFERENCE " + paths.CheckpointKey, output, StringComparison.Ordinal);
        }
        Assert.InRange(taken, 0, 20);
    }

    private static ExitCode Verify(LedgerPaths paths, out string output)
    {
        var text = new StringWriter();
        var code = VerifyCommand.Run(new PhysicalFileSystem(), paths, null, text);
        output = text.ToString();
        return code;
    }
}
