using CsCheck;
using Disguise.Kernels.Microkernel.Domains;

namespace Disguise.Kernels.Tests.Microkernel.Domains;

/// <summary>Numbers are used again, and what is left of an object finds nobody else.</summary>
public sealed class ObjectTableSpecs
{
    [Fact]
    public void A_full_table_has_no_next_number_until_one_is_free()
    {
        var table = new ObjectTable<string>(2);
        table.Add(0, "first");
        table.Add(1, "second");

        Assert.Equal(-1, table.NextNumber);
        Assert.Throws<InvalidOperationException>(() => table.Add(-1, "third"));
        table.Remove(0);

        Assert.Equal(0, table.NextNumber);
        Assert.Throws<InvalidOperationException>(() => table[0]);
        Assert.Throws<InvalidOperationException>(() => table.Remove(0));
        Assert.Throws<InvalidOperationException>(() => table.Add(1, "elsewhere"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ObjectTable<string>(0));
    }

    [Fact]
    public void A_name_finds_its_object_and_no_other_that_has_its_number_later() =>
        Gen.Int[0, 99].Array[1, 300].Sample(steps =>
        {
            var table = new ObjectTable<string>(8);
            var names = new List<(uint Name, string Of)>();
            var live = new SortedDictionary<int, string>();
            foreach (var step in steps)
            {
                var number = table.NextNumber;
                if (step < 55 && number >= 0)
                {
                    var added = $"object {names.Count}";
                    table.Add(number, added);
                    live.Add(number, added);
                    names.Add((table.NameOf(number), added));
                }
                else if (live.Count > 0)
                {
                    var gone = live.Keys.ElementAt(step % live.Count);
                    live.Remove(gone);
                    table.Remove(gone);
                }

                Assert.Equal(live.Count, table.Count);
                Assert.Equal(live.Count == 8, table.NextNumber < 0);
                foreach (var (name, of) in names)
                    Assert.Equal(live.ContainsValue(of) ? of : null, table.Find(name));
            }
        });
}
