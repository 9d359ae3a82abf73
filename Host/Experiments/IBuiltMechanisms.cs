namespace Disguise.Host.Experiments;

/// <summary>Says which mechanisms an experiment may rely on in this program.</summary>
public interface IBuiltMechanisms
{
    /// <summary>Whether a mechanism, by its name, is there.</summary>
    bool Has(string mechanism);
}
