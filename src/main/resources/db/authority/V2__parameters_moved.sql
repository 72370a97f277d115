-- what an authority sets in a standard is a layer (room catalogue), proposed and approved by two persons; nothing wrote here
drop table authority.parameter;
