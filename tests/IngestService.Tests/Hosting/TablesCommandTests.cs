using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Tests.Doubles;
using EdgeEnforcement.IngestService.Tests.Ledger;
using EdgeEnforcement.IngestService.Tests.Projections;
using EdgeEnforcement.SegmentLog;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeEnforcement.IngestService.Tests.Hosting;

/// <summary>'verify --projections' and 'rebuild' on a real directory.</summary>
public sealed class TablesCommandTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("ee-tables-").FullName;
    private readonly LedgerFixture _fixture = new();
    private readonly StringWriter _output = new();

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task A_changed_row_is_named_by_verify_and_mended_by_rebuild()
    {
        string alerts = Path.Combine(_data, "projections", "fleet.db");
        await using (LedgerCore core = LedgerCore.Open(Setting))
        {
            await core.StartAsync(TestContext.Current.CancellationToken);
            foreach (int i in Enumerable.Range(1, 40))
                await core.ReceiptAsync(LedgerFixture.Request((ulong)i * 2));
            await using DeskHost desk = await DeskHost.StartAsync(core.Reader, _data);
            Assert.Throws<IOException>(() => RebuildCommand.Run(new PhysicalFileSystem(), Setting.Paths, null, _output));
        }
        Assert.Equal(ExitCode.Ok, Verify());

        RebuildTests.Change(alerts, "UPDATE producer SET records = 41");
        Assert.Equal(ExitCode.Failed, Verify());
        Assert.Contains("fleet.db: table producer, row producer = 'station-1': column records is 41, the ledger gives 40", _output.ToString(), StringComparison.Ordinal);

        Assert.Equal(ExitCode.Ok, RebuildCommand.Run(new PhysicalFileSystem(), Setting.Paths, "fleet", _output));
        Assert.Equal(ExitCode.Ok, Verify());
        Assert.Equal(ExitCode.Ok, RebuildCommand.Run(new PhysicalFileSystem(), Setting.Paths, null, _output));
        Assert.Equal(ExitCode.Ok, Verify());
        Assert.True(File.Exists(Path.Combine(_data, "clerk.db")));
    }

    private ExitCode Verify() => IngestCommandLine.RunVerify(Setting.Paths, Setting.Signer.VerifierKey, withTables: true, _output);

    private LedgerSetting Setting
    {
        get
        {
            LedgerSetting shadow = _fixture.Setting;
            return new LedgerSetting
            {
                Files = new PhysicalFileSystem(),
                Paths = new LedgerPaths(_data),
                Options = shadow.Options,
                Signer = shadow.Signer,
                Time = shadow.Time,
                Metrics = shadow.Metrics,
                Log = NullLogger.Instance,
                NewLogId = shadow.NewLogId,
            };
        }
    }
}
