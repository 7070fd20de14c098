using System.Globalization;
using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Tests.Doubles;

namespace EdgeEnforcement.IngestService.Tests.Registers;

/// <summary>All lines of a file or none.</summary>
public sealed class RegisterImportTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dry_run_says_what_would_be_and_appends_nothing()
    {
        await using RegisterHost host = await HostAsync();
        ulong before = host.Ledger.DurableSize;
        ImportReport report = await host.ImportAsync(RegisterKind.Device, Recorders(50), dryRun: true);

        Assert.Equal((true, 50u, 50u, 0u, 0u), (report.Accepted, report.Lines, report.Added, report.Changed, report.Unchanged));
        Assert.Equal(before, host.Ledger.DurableSize);
    }

    [Fact]
    public async Task One_bad_line_and_nothing_is_in_but_every_bad_line_is_named()
    {
        await using RegisterHost host = await HostAsync();
        ulong before = host.Ledger.DurableSize;
        string[] lines = Recorders(50).Split('\n');
        lines[3] = lines[3].Replace("city", "nowhere", StringComparison.Ordinal);
        lines[8] = lines[8].Replace("SN-000008", "SN-000007", StringComparison.Ordinal);
        ImportReport report = await host.ImportAsync(RegisterKind.Device, string.Join('\n', lines));

        Assert.False(report.Accepted);
        // Whose the serial is cannot be told from the file: both lines are named.
        Assert.Equal([(4u, "unit_id"), (8u, "serial"), (9u, "serial")], report.Errors.Select(error => (error.Line, error.Column)));
        Assert.Equal(before, host.Ledger.DurableSize);
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_one_changed_line_changes_one()
    {
        await using RegisterHost host = await HostAsync();
        await host.ImportAsync(RegisterKind.Device, Recorders(50));
        ulong size = host.Ledger.DurableSize;
        ImportReport same = await host.ImportAsync(RegisterKind.Device, Recorders(50));
        Assert.Equal((true, 50u, 0ul), (same.Accepted, same.Unchanged, same.EntryIndex));
        Assert.Equal(size, host.Ledger.DurableSize);

        ImportReport changed = await host.ImportAsync(RegisterKind.Device, Recorders(50).Replace("SN-000009,", "SN-X,", StringComparison.Ordinal));

        Assert.Equal((1u, 49u), (changed.Changed, changed.Unchanged));
        Assert.Equal("SN-X", Assert.Single((await host.ListAsync(RegisterKind.Device, "rec-000009")).Rows).Change.Device.Serial);
    }

    [Fact]
    public async Task A_calendar_with_errors_has_them_all_named_and_the_old_one_stays()
    {
        await using RegisterHost host = await HostAsync();
        const string Head = "年度,放假日,调休上班日,依据\n";
        ImportReport first = await host.ImportAsync(RegisterKind.Calendar, Head + "2027,2027-01-01|2027/2/5~2027/2/11、2027-10-01至2027-10-07,2027-02-13,国办发明电〔2026〕1号\n");
        WorkingCalendar calendar = Assert.Single((await host.ListAsync(RegisterKind.Calendar, "2027")).Rows).Change.Calendar;
        ulong before = host.Ledger.DurableSize;

        ImportReport wrong = await host.ImportAsync(RegisterKind.Calendar, Head + """
            2027,2027-01-01|2027-13-01|2026-02-05,2027-02-15|2027-01-01,
            27,2027-01-01,,通知
            2028,2028-01-05~2028-01-01,,通知

            """);

        Assert.True(first.Accepted, string.Join('\n', first.Errors));
        Assert.Equal((15, "2027-02-11", "2027-02-13"), (calendar.Holidays.Count, calendar.Holidays[7], calendar.MakeUpDays.Single()));
        Assert.False(wrong.Accepted);
        Assert.Equal([2u, 2u, 2u, 2u, 2u, 2u, 3u, 4u], wrong.Errors.Select(error => error.Line));
        Assert.Equal(before, host.Ledger.DurableSize);
        Assert.Equal(calendar, Assert.Single((await host.ListAsync(RegisterKind.Calendar, "2027")).Rows).Change.Calendar);
    }

    // The process dies at the k-th append of an import, for every k there is.
    [Fact]
    public async Task An_import_that_dies_anywhere_leaves_nothing_and_can_be_made_again()
    {
        int appends = 0;
        await using (RegisterHost whole = await HostAsync())
        {
            whole.Ledger.OnAppend = _ => Count(ref appends);
            await whole.ImportAsync(RegisterKind.Device, Recorders(4_000));
        }

        Assert.True(appends >= 3, $"{appends} appends: the file must be more than one part");
        for (int dying = 0; dying < appends; dying++)
        {
            await using RegisterHost host = await HostAsync();
            int left = dying;
            host.Ledger.OnAppend = _ => left-- == 0 ? throw new LedgerFatalException("killed") : null;
            await Assert.ThrowsAsync<LedgerFatalException>(() => host.ImportAsync(RegisterKind.Device, Recorders(4_000)));
            host.Ledger.OnAppend = null;

            Assert.Equal(0UL, (await host.ListAsync(RegisterKind.Device)).Total);
            Assert.Equal(4_000u, (await host.ImportAsync(RegisterKind.Device, Recorders(4_000))).Added);
            Assert.Equal(4_000UL, (await host.ListAsync(RegisterKind.Device)).Total);
        }
    }

    [Fact]
    public async Task What_was_imported_is_listed_page_by_page_and_exported_as_it_came()
    {
        await using RegisterHost host = await HostAsync();
        await host.ImportAsync(RegisterKind.Device, Recorders(250));
        List<string> ids = [];
        string page = "";
        do
        {
            RegisterPage rows = await host.ListAsync(RegisterKind.Device, page: page, size: 100);
            ids.AddRange(rows.Rows.Select(row => row.Id));
            page = rows.NextPage;
        }
        while (page.Length > 0);
        IEnumerable<byte[]> exported = await host.Lists.ExportAsync(new ExportRegisterRequest { Kind = RegisterKind.Device }, Cancellation);
        string file = Encoding.UTF8.GetString([.. exported.SelectMany(piece => piece)]);

        Assert.Equal(Enumerable.Range(1, 250).Select(Id), ids);
        Assert.Equal(250u, (await host.ImportAsync(RegisterKind.Device, file)).Unchanged);
    }

    [Fact]
    public async Task Units_of_one_file_may_name_each_other_in_any_order()
    {
        await using RegisterHost host = await RegisterHost.StartAsync();
        ImportReport report = await host.ImportAsync(RegisterKind.Unit, "id,name,parent_id,level,standing\nteam,总队,city,team,internal\ncity,市局,,city,agency\n");
        ImportReport loop = await host.ImportAsync(RegisterKind.Unit, "id,name,parent_id,level,standing\nx,一,y,town,agency\ny,二,x,town,agency\n");

        Assert.True(report.Accepted, report.Errors.ToString());
        Assert.Equal([2u, 3u], loop.Errors.Select(error => error.Line));
    }

    private static async Task<RegisterHost> HostAsync()
    {
        RegisterHost host = await RegisterHost.StartAsync();
        await host.ChangeAsync(RegisterWorld.Unit("city", "市局", UnitStanding.Agency, UnitLevel.City));
        return host;
    }

    private static string Recorders(int count)
    {
        StringBuilder text = new("id,type,admission_class,serial,unit_id,manufacturer,model\n");
        for (int i = 1; i <= count; i++)
            text.Append(CultureInfo.InvariantCulture, $"{Id(i)},recorder,recorder,SN-{i:D6},city,华安电子有限公司,执法记录仪DSJ-A12\n");
        return text.ToString();
    }

    private static string Id(int number) => number.ToString("'rec-'000000", CultureInfo.InvariantCulture);

    private static RefusalDetail? Count(ref int appends)
    {
        appends++;
        return null;
    }
}
