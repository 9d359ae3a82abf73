using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Capabilities;
using Xunit;

namespace Disguise.Kernels.Tests.Arrakis.ControlPlane;

/// <summary>Domains that translate by page tables of their own.</summary>
public sealed class OwnTablesSpecs
{
    private readonly TestMachine machine = new();

    [Fact]
    public void Linked_tables_take_their_pages_and_fall_with_their_memory()
    {
        TestTenant alice = machine.Container(1).WithDomain();
        Handle memory = alice.Memory(2);
        ulong before = machine.Kernel.Digest;
        machine.Accept(Link(alice, memory, virtualPage: 1_024, tables: 2));
        machine.Refuse(
            RefusalReason.AlreadyMapped, alice.Map(alice.Memory(1), 2_047, 1));
        machine.Accept(alice.Map(alice.Memory(1), 2_048, 1));
        machine.Accept(new Command.UnmapMemory(alice.Id, alice.Domain, 1_024));
        machine.Accept(Link(alice, memory, virtualPage: 1_024, tables: 1));
        machine.Accept(new Command.FreeMemory(alice.Id, memory));
        machine.Accept(new Command.CreateDomain(alice.Id));
        Assert.NotEqual(before, machine.Kernel.Digest);
    }

    [Fact]
    public void Tables_stand_in_the_callers_own_memory_at_whole_tables()
    {
        TestTenant alice = machine.Container(1).WithDomain();
        TestTenant bob = machine.Container(2).WithDomain();
        Handle memory = alice.Memory(2);
        machine.Refuse(RefusalReason.ForeignHandle, Link(bob, memory, 1_024, 1));
        machine.Refuse(RefusalReason.OutOfRange, Link(alice, memory, 1_025, 1));
        machine.Refuse(RefusalReason.OutOfRange, Link(alice, memory, 1_024, 3));
        machine.Refuse(RefusalReason.BadCount, Link(alice, memory, 1_024, 0));
    }

    [Fact]
    public void Siblings_and_tables_of_ones_own_exclude_each_other()
    {
        TestTenant alice = machine.Container(1).WithDomain();
        Handle memory = alice.Memory(1);
        // The twin: without a sibling it is granted.
        machine.Accept(Link(alice, memory, 1_024, 1));
        machine.Refuse(RefusalReason.SiblingDomains, new Command.CreateDomain(alice.Id));
        machine.Accept(new Command.UnmapMemory(alice.Id, alice.Domain, 1_024));
        machine.Accept(new Command.CreateDomain(alice.Id));
        machine.Refuse(RefusalReason.SiblingDomains, Link(alice, memory, 1_024, 1));
    }

    private static Command Link(
        TestTenant tenant, Handle memory, long virtualPage, int tables) =>
        new Command.LinkTables(tenant.Id, memory, tenant.Domain, 0, virtualPage, tables);
}
