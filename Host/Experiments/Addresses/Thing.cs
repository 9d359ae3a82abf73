namespace Disguise.Host.Experiments.Addresses;

/// <summary>
/// One thing of an experiment, as indices into its lists; <see cref="AddressBook"/> prints it.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Group">Index in the experiment's machines, clients or switches.</param>
/// <param name="Member">Which machine or client of the group, from 0.</param>
/// <param name="Tenants">Index of the tenant group in its machine group; 0 for no tenant.</param>
/// <param name="Index">Which tenant, core or virtual function, from 0.</param>
public readonly record struct Thing(ThingKind Kind, int Group, int Member, int Tenants, int Index);
