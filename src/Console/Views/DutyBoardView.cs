using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;

namespace EdgeEnforcement.OperatorConsole.Views;

/// <summary>The duty board and which alert the keys mean. The selection follows the alert, not the row number.</summary>
public sealed class DutyBoardView(DeskQueries queries)
{
    public DutyBoard Board { get; private set; } = new();

    public string SelectedId { get; private set; } = "";

    public AlertRow? Selected => Board.Unacknowledged.FirstOrDefault(row => row.AlertId == SelectedId);

    public async Task ReadAsync(ulong atLeast, CancellationToken cancellation)
    {
        var board = await queries.GetDutyBoardAsync(atLeast, cancellation);
        // Two reads may cross; the older answer must not come back onto the screen.
        if (board.ProjectedSize >= Board.ProjectedSize)
            Show(board);
    }

    public void Select(string alertId) => SelectedId = alertId;

    public void Move(int steps)
    {
        if (Board.Unacknowledged.Count == 0)
            return;
        var index = IndexOf(Board, SelectedId);
        SelectedId = Board.Unacknowledged[Math.Clamp(index < 0 ? 0 : index + steps, 0, Board.Unacknowledged.Count - 1)].AlertId;
    }

    private void Show(DutyBoard board)
    {
        // An alert that left the column hands the selection to the one that stood after it.
        if (IndexOf(board, SelectedId) < 0)
        {
            var successors = Board.Unacknowledged.Skip(IndexOf(Board, SelectedId) + 1).Select(row => row.AlertId);
            SelectedId = successors.FirstOrDefault(id => IndexOf(board, id) >= 0) ?? board.Unacknowledged.LastOrDefault()?.AlertId ?? "";
            if (Board.Unacknowledged.Count == 0)
                SelectedId = board.Unacknowledged.FirstOrDefault()?.AlertId ?? "";
        }
        Board = board;
    }

    private static int IndexOf(DutyBoard board, string alertId)
    {
        for (var index = 0; index < board.Unacknowledged.Count; index++)
        {
            if (board.Unacknowledged[index].AlertId == alertId)
                return index;
        }
        return -1;
    }
}
