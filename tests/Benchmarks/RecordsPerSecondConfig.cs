using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace EdgeEnforcement.Benchmarks;

/// <summary>Adds batch size ÷ mean as a column: the figure people ask for.</summary>
internal sealed class RecordsPerSecondConfig : ManualConfig
{
    public RecordsPerSecondConfig() => AddColumn(new RecordsPerSecondColumn());

    private sealed class RecordsPerSecondColumn : IColumn
    {
        public string Id => "RecordsPerSecond";
        public string ColumnName => "records/s";
        public bool AlwaysShow => true;
        public ColumnCategory Category => ColumnCategory.Custom;
        public int PriorityInCategory => 0;
        public bool IsNumeric => true;
        public UnitType UnitType => UnitType.Dimensionless;
        public string Legend => "BatchSize divided by the mean";

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, summary.Style);

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
        {
            var mean = summary[benchmarkCase]?.ResultStatistics?.Mean;
            var size = (int)benchmarkCase.Parameters[nameof(LedgerAppend_BatchSize.BatchSize)];
            return mean is null ? "?" : (size / (mean.Value / 1e9)).ToString("N0", CultureInfo.InvariantCulture);
        }

        public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

        public bool IsAvailable(Summary summary) => true;
    }
}
