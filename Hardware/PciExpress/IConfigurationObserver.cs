namespace Disguise.Hardware.PciExpress;

/// <summary>What writes to configuration space make a device do.</summary>
public interface IConfigurationObserver
{
    /// <summary>VF Enable was set: so many VFs exist from now on.</summary>
    void VirtualFunctionsEnabled(int count);

    /// <summary>VF Enable was cleared: the VFs, of which there were so many, are gone.</summary>
    void VirtualFunctionsDisabled(int count);

    /// <summary>
    /// A function-level reset was asked for (PCI Express Base Specification 3.1, section 6.6.2).
    /// The function's configuration space has been reset; the device resets the rest.
    /// </summary>
    void FunctionLevelReset(FunctionId function);

    /// <summary>
    /// A BAR, Memory Space Enable or VF Memory Space Enable has a new value: the machine's map of
    /// registers may have to change.
    /// </summary>
    void MemoryDecodingChanged();
}
