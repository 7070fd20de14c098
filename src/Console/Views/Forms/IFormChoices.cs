namespace EdgeEnforcement.OperatorConsole.Views.Forms;

/// <summary>What a field may name, beside values of the contract's own.</summary>
public interface IFormChoices
{
    /// <summary>None known: what is meant is typed.</summary>
    FormOffer Of(FormField field);
}
